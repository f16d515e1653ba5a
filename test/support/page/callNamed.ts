import type { Page } from "@playwright/test";

/** The newest call of that name that reached the fixture's workbench; waits for it, as it comes over a real pipe. */
export async function callNamed(page: Page, name: string): Promise<{ name: string; input: unknown }> {
  const found = await page.waitForFunction(
    (wanted) => window.fixture.calls.findLast((call) => call.name === wanted),
    name,
  );
  return (await found.jsonValue()) as { name: string; input: unknown };
}
