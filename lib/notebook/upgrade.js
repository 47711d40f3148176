// Runs in the page that shows a figure. Where a notebook server offers plotly.js beside the notebook (plotly.ts puts it
// there) the SVG becomes the interactive plot, in the page's own text colour; anywhere else nothing happens.
{
  const figure = document.currentScript?.parentElement;
  const server = document.getElementById("jupyter-config-data");

  const findPlotly = async (file) => {
    const { baseUrl } = JSON.parse(server.textContent);
    const [, notebook = ""] = location.pathname.match(/\/(?:tree|notebooks|doc)\/(.*)/) ?? [];
    const folders = notebook.split("/").slice(0, -1);
    for (let depth = folders.length; depth >= 0; depth--) {
      const url = [`${baseUrl}files`, ...folders.slice(0, depth), "out", file].join("/");
      const answer = await fetch(url, { method: "HEAD" });
      if (answer.ok) return loadScript(url);
    }
  };

  const loadScript = (url) =>
    new Promise((resolve) => {
      const tag = document.createElement("script");
      tag.src = url;
      tag.onload = () => resolve(globalThis.Plotly);
      tag.onerror = () => resolve(undefined);
      document.head.append(tag);
    });

  const upgrade = async () => {
    const Plotly = await (globalThis.attendPlotly ??= findPlotly(figure.dataset.plotly));
    if (!Plotly) return;
    const { data, layout } = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const font = { ...layout.font, color: getComputedStyle(figure).color };
    const [picture, plot] = [figure.querySelector("svg"), document.createElement("div")];
    picture.replaceWith(plot);
    await Plotly.newPlot(plot, data, { ...layout, font }, { displaylogo: false }).catch(() =>
      plot.replaceWith(picture)
    );
  };

  if (figure && server) upgrade();
}
