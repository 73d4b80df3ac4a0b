/** The one page. All that differs from board to board comes from its address, read by the script. */
export function page(prefix: string): string {
  const base = escapeAttribute(prefix);
  return `<!doctype html>
<html lang="en" data-prefix="${base}" data-state="loading">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Promptmeter preview</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}/assets/main.css">
<script type="module" src="${base}/assets/main.js"></script>
</head>
<body><noscript>The preview draws its panels with JavaScript; switch it on and reload.</noscript></body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
