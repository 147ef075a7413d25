// Draws a figure with Plotly and keeps it: a new figure goes into the one that stands, so nothing is taken away.
let program = null;
const wanted = new WeakMap();  // by place: the figure to draw, and what to do with a click or a range

export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(":scope > .or-plot") ?? placed(parentElement);
  wanted.set(place, { data, say: setTriggerValue });
  place.style.height = `${data.height}px`;
  loaded(data.program).then(() => draw(place), () => {
    place.textContent = data.words.lost;
    place.style.height = "auto";
  });
  return () => {
    wanted.delete(place);
    watcher?.unobserve(place);
    window.Plotly?.purge(place);
  };
}

function placed(parent) {
  const place = document.createElement("div");
  place.className = "or-plot";
  place.setAttribute("role", "figure");
  parent.append(place);
  return place;
}

function loaded(address) {
  program ??= window.Plotly ? Promise.resolve() : new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => { program = null; script.remove(); reject(new Error(`${address} does not load`)); });
    document.head.append(script);
  });
  return program;
}

async function draw(place) {
  const asked = wanted.get(place);
  if (!asked || !place.isConnected) return;
  const { data } = asked;
  const figure = JSON.parse(data.figure);
  delete figure.layout.height;  // the place has it, and a full screen another
  const layout = { ...figure.layout, autosize: true, selections: [], template: { layout: themed(place) } };
  layout.dragmode ??= data.ranges && "select";
  layout.hovermode ??= "closest";
  layout.margin = roomy(layout, place);
  const config = { ...data.config, displaylogo: false };
  if (document.fullscreenEnabled && config.displayModeBar !== false) config.modeBarButtonsToAdd = [fullScreen(place, data.words)];
  const first = !place.matches(".js-plotly-plot");
  if (first) place.replaceChildren();
  await window.Plotly.react(place, figure.data, layout, config);
  place.setAttribute("aria-label", data.summary);  // says what stands, so it changes when that does
  if (first) listen(place);
}

function listen(place) {
  place.on("plotly_click", (event) => {
    const { data, say } = wanted.get(place);
    const point = event.points[0];
    const said = Array.isArray(point.customdata) ? point.customdata[0] : point.customdata;
    if (data.clicks && said !== undefined) say("clicked", String(said));
  });
  place.on("plotly_selected", (event) => {
    const days = event?.range?.x;
    if (!days) return;
    wanted.get(place).say("ranged", days.map(String));
    window.Plotly.react(place, place.data.map((each) => ({ ...each, selectedpoints: null })), { ...place.layout, selections: [] });
  });
  watcher ??= new ResizeObserver((seen) => seen.forEach(({ target }) => fit(target)));
  watcher.observe(place);
}

// Room for the names that a figure gives its axis: Plotly finds it out itself, by drawing twice.
function roomy({ margin, yaxis }, place) {
  if (!margin || margin.autoexpand !== false || !yaxis?.ticktext) return margin;
  const words = document.createElement("canvas").getContext("2d");
  words.font = `bold 12px ${getComputedStyle(place).fontFamily}`;
  const widths = yaxis.ticktext.map((name) => words.measureText(new DOMParser().parseFromString(name, "text/html").body.textContent).width);
  return { ...margin, l: Math.ceil(Math.max(0, ...widths)) + 6 };
}

let watcher = null;

// To the room that there is, where it has changed since the chart was drawn.
function fit(place) {
  const drawn = place._fullLayout;
  if (!drawn || !place.clientWidth) return;
  if (Math.abs(drawn.width - place.clientWidth) > 1 || Math.abs(drawn.height - place.clientHeight) > 1) window.Plotly.Plots.resize(place);
}

// The page's letters and colours, which change with its theme.
function themed(place) {
  const style = getComputedStyle(place);
  const given = (name) => style.getPropertyValue(`--st-${name}`).trim();
  const [words, ground, line] = [given("text-color"), given("background-color"), given("border-color")];
  const axis = { color: words, gridcolor: given("border-color-light") || line, linecolor: line, zeroline: false, automargin: true, tickcolor: line, title: { standoff: 12 } };
  return {
    font: { family: given("font") || style.fontFamily, color: words, size: 12 },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    modebar: { bgcolor: "rgba(0,0,0,0)", color: given("gray-text-color") || words, activecolor: words },
    hoverlabel: { bgcolor: ground, bordercolor: line, font: { family: given("font") || style.fontFamily, color: words, size: 13 } },
    xaxis: axis, yaxis: axis,
  };
}

function fullScreen(place, words) {
  const corners = "M2 8V2h6v2H4v4zm14-6h6v6h-2V4h-4zM4 16v4h4v2H2v-6zm16 0h2v6h-6v-2h4z";
  return {
    name: words.full, title: words.full, icon: { width: 24, height: 24, path: corners },
    click: () => (document.fullscreenElement === place ? document.exitFullscreen() : place.requestFullscreen()),
  };
}
