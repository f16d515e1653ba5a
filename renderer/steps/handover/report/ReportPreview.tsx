import { useEffect, useRef } from "react";
import styles from "./Report.module.css";

/**
 * The report's page as it will be saved, in a tree of its own: its style stays inside and ours outside. The report
 * runs nothing, and what is put in here is parsed without running anything either.
 */
export function ReportPreview({ label, page }: { readonly label: string; readonly page: string }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const report = new DOMParser().parseFromString(page, "text/html");
    const style = report.querySelector("style")?.textContent ?? "";
    for (const script of report.querySelectorAll("script")) script.remove();
    const sheet = new CSSStyleSheet();
    // What is said of the document is said of the tree here.
    sheet.replaceSync(style.replaceAll(/:root|^body /gm, ":host ").replaceAll("{ body {", "{ :host {"));
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(...report.body.childNodes);
  }, [page]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={styles.frame} aria-label={label} tabIndex={0}>
      <article ref={box} className={styles.sheet} />
    </section>
  );
}
