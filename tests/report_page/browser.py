"""Chromium without a screen, for the tests beside this file: pages from disk, and what it says of
them. One browser serves all tests of a file."""

import base64
import json
import re
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 60  # seconds: the machine may be busy


class Browser:
    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="proviso-browser-")
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu",
                         "--disable-dev-shm-usage", "--disable-extensions", "--hide-scrollbars",
                         f"--user-data-dir={self.profile.name}"]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_page_load_timeout(PATIENCE)
        self.command("Network.enable")

    def close(self):
        self.driver.quit()
        self.profile.cleanup()

    def command(self, name, **arguments):
        return self.driver.execute_cdp_cmd(name, arguments)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def look(self, width=1000, scheme="light", media=""):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=900,
                     deviceScaleFactor=1, mobile=False)
        self.command("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": scheme}])
        self.wait(lambda: self.run("return innerWidth") == width)

    def open(self, path, scripts=True):
        self.command("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.driver.get("about:blank")
        self.complaints(), self.requests()
        self.driver.get(path.as_uri())

    def wait(self, condition):
        WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05).until(lambda _: condition())

    def complaints(self):
        """What the console said since the last time."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """What was asked for since the last time."""
        messages = [json.loads(entry["message"])["message"]
                    for entry in self.driver.get_log("performance")]
        return [message["params"]["request"]["url"] for message in messages
                if message["method"] == "Network.requestWillBeSent"]

    def sheets(self):
        """How many sheets of paper the page takes."""
        pdf = base64.b64decode(self.command("Page.printToPDF", printBackground=True,
                                            preferCSSPageSize=True)["data"])
        return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


# Texts that are seen, each with its contrast with what lies behind it (WCAG 2.1), lowest first.
# What lies behind is the colours of all elements around it, laid over each other. A chart's words
# on a bar lie on the bar.
CONTRASTS = r"""
const parse = text => {
  const numbers = (text.match(/[\d.]+/g) || ['0', '0', '0', '0']).map(Number);
  return [numbers[0], numbers[1], numbers[2], numbers.length > 3 ? numbers[3] : 1];
};
const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3]))
  .concat(1);
const light = colour => [0, 1, 2].map(i => colour[i] / 255)
  .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const ratio = (a, b) => {
  const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};
const behind = element => {
  const layers = [];
  for (let at = element; at; at = at.parentElement) layers.push(getComputedStyle(at));
  let colour = [255, 255, 255, 1];
  for (const style of layers.reverse()) colour = over(parse(style.backgroundColor), colour);
  return colour;
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const found = new Map();
while (walker.nextNode()) {
  const text = walker.currentNode.textContent.trim();
  const element = walker.currentNode.parentElement;
  if (!text || !element.checkVisibility({ checkVisibilityCSS: true })) continue;
  if (['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName)) continue;
  const style = getComputedStyle(element);
  const is_drawn = element instanceof SVGElement;
  const bar = is_drawn && [...element.classList].find(name => name.startsWith('on-'));
  const below = bar
    ? parse(getComputedStyle(document.querySelector('rect.fill-' + bar.slice(3))).fill)
    : behind(is_drawn ? element.ownerSVGElement.parentElement : element);
  const colour = over(parse(is_drawn ? style.fill : style.color), below);
  const size = parseFloat(style.fontSize);
  const is_large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const key = [colour, below, is_large].join();
  if (!found.has(key)) found.set(key, [ratio(colour, below), is_large ? 3 : 4.5, text]);
}
return [...found.values()].sort((a, b) => a[0] - b[0]);
"""
