export { embeddedNames, isEmbeddedName } from "./embedded.ts";
export { datasetsCacheFolder, isHubOffline } from "./environment.ts";
export { HubError, type HubErrorCode } from "./errors.ts";
export { type Folder, openFolder } from "./folder.ts";
export { type DownloadProgress, type ProgressListener, setDownloadListener } from "./progress.ts";
export { type ByteSource, bytesSource, type OpenFile, openFile } from "./open_file.ts";
export type { Repo, RepoType } from "./repo.ts";
export { type HubOptions, listRepoFiles, openSnapshot, resolveFile, Snapshot } from "./snapshot.ts";
