// Runs in the page that shows a figure: the picture becomes an SVG with the page's own text colour, and where a notebook
// server offers plotly.js beside the notebook (plotly.ts puts it there) the interactive plot.
{
  const figure = document.currentScript?.parentElement;
  const server = document.getElementById("jupyter-config-data");

  const inlineSvg = (picture) => {
    const holder = document.createElement("div");
    holder.innerHTML = decodeURIComponent(picture.src.slice(picture.src.indexOf(",") + 1));
    const svg = holder.firstElementChild;
    svg.style.color = "inherit";
    picture.replaceWith(svg);
    return svg;
  };

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

  const drawPlot = async (svg) => {
    const Plotly = await (globalThis.attendPlotly ??= findPlotly(figure.dataset.plotly));
    if (!Plotly) return;
    const { data, layout } = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const font = { color: getComputedStyle(figure).color };
    const plot = document.createElement("div");
    svg.replaceWith(plot);
    await Plotly.newPlot(plot, data, { ...layout, font }, { displaylogo: false }).catch(() => plot.replaceWith(svg));
  };

  if (figure) {
    const svg = inlineSvg(figure.querySelector("img"));
    if (server) drawPlot(svg);
  }
}
