import { type PageAnswer, pageHeaders } from "../pageFiles.ts";

/** What a browser sees that came without a link: where to find it. Plain, as no file of the page is for it yet. */
export function noLinkPage(): PageAnswer {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Lastmile</title>
<h1>Open Lastmile by its link</h1>
<p>This address alone lets nobody in. The link stands in the window where Lastmile was started: it begins with
http://127.0.0.1 and holds a key. A link admits one browser; the next link is printed as soon as one was used.</p>
<div lang="zh-CN">
<h1>请用链接打开 Lastmile</h1>
<p>仅凭此地址无法进入。链接显示在启动 Lastmile 的窗口中，以 http://127.0.0.1 开头，并带有密钥。
每个链接只允许一个浏览器进入；用过之后会立即显示下一个链接。</p>
</div>
`;
  return {
    status: 401,
    headers: { ...pageHeaders("'none'"), "Content-Type": "text/html; charset=utf-8" },
    body: Buffer.from(body),
  };
}
