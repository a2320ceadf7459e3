// Run in the page: what somebody who sees little, or uses a keyboard, would stumble over.
const seen = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const faults = [];

// Contrast, WCAG 2.2, 1.4.3
const channel = (value) => { const part = value / 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; };
const luminance = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
const over = ([r, g, b, a = 1], under) => [r, g, b].map((value, place) => value * a + under[place] * (1 - a));
function behind(node) {
  const layers = [];
  for (let one = node; one; one = one.parentElement) {
    const colour = numbers(getComputedStyle(one).backgroundColor);
    if ((colour[3] ?? 1) > 0) layers.unshift(colour);
    if ((colour[3] ?? 1) === 1) break;
  }
  return layers.reduce((under, layer) => over(layer, under), [255, 255, 255]);
}
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !seen(node) || node.closest(".sr, .skip, script")) continue;
  const style = getComputedStyle(node);
  const under = behind(node);
  const [light, dark] = [luminance(over(numbers(style.color), under)), luminance(under)].sort((a, b) => b - a);
  const ratio = (light + 0.05) / (dark + 0.05);
  if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 40)}`);
}

// Headings: one first, and no level left out
const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(seen).map((one) => Number(one.tagName[1]));
if (levels.filter((level) => level === 1).length !== 1) faults.push(`headings of the first level: ${levels}`);
levels.forEach((level, place) => { if (place && level > levels[place - 1] + 1) faults.push(`a heading's level is left out: ${levels}`); });

// Ids, landmarks, pictures, width
const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
ids.filter((id, place) => ids.indexOf(id) !== place).forEach((id) => faults.push(`an id twice: ${id}`));
for (const landmark of ["header", "nav", "main"]) if (document.querySelectorAll(landmark).length !== 1) faults.push(`not one ${landmark}`);
document.querySelectorAll("img").forEach((one) => { if (!one.alt) faults.push(`a picture without words: ${one.src}`); });
document.querySelectorAll("[aria-describedby], [aria-labelledby], [aria-controls]").forEach((one) => {
  for (const name of ["aria-describedby", "aria-labelledby", "aria-controls"]) {
    for (const id of (one.getAttribute(name) ?? "").split(" ").filter(Boolean)) if (!document.getElementById(id)) faults.push(`${name} leads nowhere: ${id}`);
  }
});
if (document.documentElement.scrollWidth > innerWidth) faults.push(`wider than the window: ${document.documentElement.scrollWidth}`);
if (document.documentElement.scrollHeight > innerHeight) faults.push(`longer than the window: ${document.documentElement.scrollHeight}`);
return faults;
