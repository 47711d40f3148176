import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { RectangleCanvas } from "../../lib/notebook/canvas.ts";
import { bar, heatmap, histogram, lines } from "../../lib/notebook/charts.ts";
import { jupyterDisplay } from "../../lib/notebook/display.ts";
import { type Figure, figure } from "../../lib/notebook/figure.ts";
import { lineWidth } from "../../lib/notebook/text_box.ts";

const PLOTLY = "application/vnd.plotly.v1+json";

async function show(shown: Figure): Promise<{ svg: string; html: string; json: unknown; text: string }> {
  const bundle = await shown[jupyterDisplay]();
  assert.deepEqual(Object.keys(bundle), [PLOTLY, "text/html", "image/svg+xml", "text/plain"]);
  return {
    svg: String(bundle["image/svg+xml"]),
    html: String(bundle["text/html"]),
    json: bundle[PLOTLY],
    text: String(bundle["text/plain"]),
  };
}

/** The words of an SVG, in the order in which they stand in it. */
function words(svg: string): string[] {
  return Array.from(svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g), ([, text]) => text);
}

const labels = bar({ acceptable: 6023, unacceptable: 2528 }, { title: "Labels", x: "label", y: "sentences" });
const curves = lines(
  { "training loss": Float32Array.of(0.7, 0.5, 0.4), "validation loss": { x: [1, 3], y: [0.6, 0.55] } },
  { title: "Learning curves", x: "step", y: "loss (nats)" },
);
const matrix = heatmap([[120, 204], [45, 674]], {
  title: "Confusion matrix",
  x: "predicted",
  y: "true",
  xNames: ["unacceptable", "acceptable"],
});

Deno.test("bar() draws titles, names and values as text of the SVG", async () => {
  const { svg } = await show(labels);
  for (const word of ["Labels", "label", "sentences", "acceptable", "unacceptable", "6,023", "2,528"]) {
    assert.ok(words(svg).includes(word), `${word} is missing`);
  }
});

Deno.test("lines() writes learning rates as 1e−4, not as 100µ", async () => {
  const { svg } = await show(lines({ rate: [1e-4, 5e-5, 0] }, { title: "Schedule", x: "step", y: "learning rate" }));
  assert.ok(words(svg).includes("1e−4"), words(svg).join(" "));
});

Deno.test("a legend of several rows makes room for itself under the title", async () => {
  const five = [
    "fine-tuning",
    "frozen body",
    "random start",
    "a tenth of the learning rate",
    "ten times the learning rate",
  ];
  for (const names of [["a", "b"], five]) {
    const series = Object.fromEntries(names.map((name) => [name, [1, 2]]));
    const { svg } = await show(lines(series, { title: "Variants", x: "epoch", y: "score" }));
    const [, top] = svg.match(/class="legend"[^>]*translate\(\d+, ?(\d+)\)/) ?? [];
    assert.ok(Number(top) >= 40, `the legend begins at ${top}, where the title stands`);
  }
});

Deno.test("every chart is an SVG without NaN that carries its sentence for those who cannot see it", async () => {
  const lengths = histogram([3, 4, 4, 9], { title: "Lengths", x: "length (tokens)", y: "sentences" });
  for (const chart of [labels, curves, matrix, lengths]) {
    const { svg, text } = await show(chart);
    assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"[^>]* viewBox="0 0 \d+ \d+"/);
    assert.ok(svg.includes(`role="img" aria-label="${text.replaceAll('"', "&#34;")}"`));
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
    assert.equal(svg.split("<g").length, svg.split("</g>").length, "groups are not balanced");
  }
});

Deno.test("a figure says in one sentence what it draws, which is all that is printed outside a notebook", () => {
  assert.equal(String(labels), 'Bar chart "Labels": sentences against label, 2 points.');
  assert.equal(
    String(curves),
    'Line chart "Learning curves": loss (nats) against step, 5 points (training loss, validation loss).',
  );
  assert.equal(String(matrix), 'Heatmap "Confusion matrix": true against predicted, 4 points.');
});

Deno.test("a figure's HTML shows the SVG as a picture, holds its data, and never plotly.js", async () => {
  const tricky = figure([{ type: "bar", x: ["</script>", "50 % of 'a' & #1"], y: [1, 2] }], {
    title: "Tokens",
    xaxis: { title: "token" },
    yaxis: { title: "count" },
  });
  const { html, svg } = await show(tricky);
  const [, url] = html.match(/<img [^\n]*?src='([^']*)'>/) ?? [];
  const entities: Record<string, string> = { "&amp;": "&", "&#39;": "'" };
  const source = url.replace(/&amp;|&#39;/g, (entity) => entities[entity]);
  assert.equal(decodeURIComponent(source.slice(source.indexOf(",") + 1)), svg);
  assert.doesNotMatch(source, /[#\n]/);
  assert.equal(html.match(/<\/script>/g)?.length, 2);
  assert.ok(html.length < 30_000, `${html.length} characters`);
});

Deno.test("a figure gives the same SVG each time and shares no id with another of its page", async () => {
  const [first, again, other] = [await show(labels), await show(labels), await show(curves)];
  const ids = (svg: string) => Array.from(svg.matchAll(/ id="([^"]+)"/g), ([, id]) => id);
  assert.equal(first.svg, again.svg);
  assert.ok(ids(first.svg).length > 0);
  assert.deepEqual(ids(first.svg).filter((id) => ids(other.svg).includes(id)), []);
});

Deno.test("a figure keeps typed arrays as lists in its Plotly JSON", async () => {
  const { json } = await show(curves);
  assert.ok(JSON.stringify(json).includes('"x":[1,2,3]'));
  assert.deepEqual(curves.data, JSON.parse(JSON.stringify(curves.data)));
});

Deno.test("figure() names the title that is missing when a notebook forgets it", () => {
  const layout = { title: "Loss", xaxis: { title: "step" }, yaxis: { title: "" } };
  assert.throws(() => figure([], layout), {
    message: "plot: layout.yaxis.title is missing; say what is drawn, an axis with its unit.",
  });
});

Deno.test("histogram() counts whole numbers each on its own bar when they are few", () => {
  const { data } = histogram([3, 4, 4, 9, NaN], { title: "Lengths", x: "length (tokens)", y: "sentences" });
  assert.deepEqual(Object.assign({}, data[0], { x: [3, 4, 5, 6, 7, 8, 9], y: [1, 2, 0, 0, 0, 0, 1] }), data[0]);
});

Deno.test("histogram() widens its bins when values spread, and counts none twice", () => {
  const values = Array.from({ length: 1000 }, (_, i) => i / 3);
  const { data } = histogram(values, { title: "Scores", x: "score", y: "texts" });
  const counts: number[] = Object(data[0]).y;
  assert.ok(counts.length <= 41, `${counts.length} bins`);
  assert.equal(counts.reduce((a, b) => a + b), 1000);
});

Deno.test("histogram() says so when there is nothing to count", () => {
  assert.throws(() => histogram([NaN], { title: "Lengths", x: "length", y: "sentences" }), {
    message: "histogram: none of the 1 values is a finite number.",
  });
});

Deno.test("heatmap() writes numbers into cells, the first row on top, and colours them as a picture", async () => {
  const { svg } = await show(matrix);
  const numbers = words(svg).filter((word) => /^\d+$/.test(word));
  assert.deepEqual(numbers, ["120", "204", "45", "674"]);
  const heights = Array.from(svg.matchAll(/<text[^>]* y="([\d.]+)"[^>]*>(?:120|45)</g), ([, y]) => Number(y));
  assert.ok(heights[0] < heights[1], "row 0 stands below row 1");
  assert.match(svg, /<image [^>]*href="data:image\/png;base64,/);
});

Deno.test("heatmap() keeps names apart when tokens repeat", async () => {
  const chart = heatmap([[1, 0], [0, 1]], { title: "Attention", x: "token", y: "token", xNames: ["the", "the"] });
  assert.equal(words((await show(chart)).svg).filter((word) => word === "the").length, 4);
});

Deno.test("heatmap() names both shapes when names and numbers do not fit", () => {
  assert.throws(() => heatmap([[1, 2, 3]], { title: "t", x: "x", y: "y", xNames: ["a", "b"] }), {
    message: "heatmap: the matrix is (1, 3), but there are 2 row and 2 column names.",
  });
});

Deno.test("RectangleCanvas writes a PNG whose pixels are the rectangles filled", () => {
  const canvas = new RectangleCanvas(2, 1);
  canvas.fillStyle = "rgba(255, 128, 0, 1)";
  canvas.fillRect(1, 0, 5, 5); // the right half, and beyond
  const png = Uint8Array.fromBase64(canvas.toDataURL().split(",")[1]);
  const length = new DataView(png.buffer).getUint32(33); // after signature (8) and header chunk (25)
  const [none, orange] = [[0, 0, 0, 0], [255, 128, 0, 255]];
  const row = [0, ...none, ...none, ...orange, ...orange]; // two pixels each, as a canvas is drawn at twice its size
  assert.deepEqual(Array.from(inflateSync(png.subarray(41, 41 + length))), [...row, ...row]);
});

Deno.test("lineWidth() measures Helvetica when the text is ASCII and guesses otherwise", () => {
  assert.equal(lineWidth("il", 1000), 444);
  assert.equal(lineWidth("漢", 1000), 556);
});

Deno.test("a figure puts plotly.js into out/ when a notebook server has started the kernel, else nothing", async () => {
  const folder = await Deno.makeTempDir();
  const plotly = JSON.stringify(import.meta.resolve("../../lib/notebook/plotly.ts"));
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const offer = async (env: Record<string, string>) => {
    const args = ["eval", "--config", config, `import { offerPlotly } from ${plotly}; await offerPlotly();`];
    const { success } = await new Deno.Command(Deno.execPath(), { args, cwd: folder, env, stderr: "inherit" }).output();
    assert.ok(success);
    return Array.from(Deno.readDirSync(folder), ({ name }) => name);
  };
  try {
    assert.deepEqual(await offer({}), []);
    assert.deepEqual(await offer({ JPY_SESSION_NAME: "01-cola.ipynb" }), ["out"]);
    const [script] = Array.from(Deno.readDirSync(`${folder}/out`), ({ name }) => name);
    assert.match(script, /^plotly-\d+\.\d+\.\d+\.min\.js$/);
    assert.match((await Deno.readTextFile(`${folder}/out/${script}`)).slice(0, 200), /plotly\.js/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
