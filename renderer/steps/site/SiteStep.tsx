import { useItem, useReady } from "../../client/hooks.ts";
import { OpenSite } from "./OpenSite.tsx";
import { StartPage } from "./StartPage.tsx";

/** The first step: choose a site, or see what is known of the open one. */
export function SiteStep() {
  const site = useItem("site", "site");
  const isReady = useReady("site");
  if (!isReady) return null;
  return site ? <OpenSite site={site} /> : <StartPage />;
}
