// Runs in the page itself: keeps the dossier in the browser's storage, follows links within our own markup without
// loading everything anew, and tells the session which statement is to go into the dossier or out of it.
const PLACE = "on-record-dossier";

export default function ({ data, setStateValue, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  uncover();
  window.onRecordCollect = (statement) => setTriggerValue("collect", statement);
  const page = document.documentElement;
  if (!("onRecordListens" in page.dataset)) {
    document.addEventListener("click", clicked);
    page.dataset.onRecordListens = "";  // style.css shows the dossier's buttons from now on
  }
  return keepDossier(data, setStateValue);
}

// What the server drew ahead has done its work; the reader stays where it was scrolled to.
function uncover() {
  const cover = document.getElementById("first-view");
  if (!cover) return;
  const app = document.querySelector("[data-testid=stApp]");
  if (app?.getAttribute("data-test-script-state") !== "notRunning" || !document.querySelector("[data-testid=stMain] h1")) {
    setTimeout(uncover, 50);
    return;
  }
  const scrolled = cover.querySelector("main")?.scrollTop;
  if (scrolled) document.querySelector("[data-testid=stMain]")?.scrollTo(0, scrolled);
  cover.remove();
}

function keepDossier(data, setStateValue) {
  let kept = null;
  try { kept = localStorage.getItem(PLACE); } catch { return; }  // storage is switched off
  if (data.heard || !kept) window.onRecordSession = data.session;
  if (window.onRecordSession !== data.session) setStateValue("found", kept);
  else if (data.write !== null && data.write !== (kept ?? "")) {
    try { data.write ? localStorage.setItem(PLACE, data.write) : localStorage.removeItem(PLACE); } catch {}
  }
  const listen = (event) => { if (event.key === PLACE) setStateValue("elsewhere", event.newValue ?? "{}"); };
  window.addEventListener("storage", listen);
  return () => window.removeEventListener("storage", listen);
}

function clicked(event) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const collect = event.target.closest?.(".stHtml button[data-collect]");
  if (collect) {
    refocus(collect);
    window.onRecordCollect(collect.dataset.collect);
    return;
  }
  const link = event.target.closest?.(".stHtml a[href]:not([target])");
  if (!link || link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  const other = link.pathname !== location.pathname;
  history.pushState(null, "", link.href);
  window.dispatchEvent(new PopStateEvent("popstate"));  // what Streamlit listens to for the back button
  if (other) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
}

// The markup is drawn anew after a click, and a keyboard's reader must not lose the place.
function refocus(button) {
  const same = `button[data-collect="${CSS.escape(button.dataset.collect)}"]`;
  const at = [...document.querySelectorAll(same)].indexOf(button);
  const watch = new MutationObserver(() => {
    if (document.activeElement === document.body) document.querySelectorAll(same)[at]?.focus();
  });
  watch.observe(document.querySelector("[data-testid=stMain]") ?? document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), 3000);
}
