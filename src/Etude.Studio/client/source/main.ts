import "./styles/base.css";
import "./styles/controls.css";
import "./styles/compose.css";
import "./styles/views.css";

// Text is laid out once, in its own typeface: the first view waits a moment for the fonts, which come from the studio.
const fonts = Promise.all([document.fonts.load('1em "Inter Variable"'), document.fonts.load('1em "Newsreader Variable"')]);
await Promise.race([fonts, new Promise((resolve) => setTimeout(resolve, 400))]);
await import("./app.js");
