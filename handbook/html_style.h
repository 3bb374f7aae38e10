// What every page begins with, and how it looks: by daylight, at night, narrow, and on paper.
#pragma once

#include <string_view>

namespace proviso::handbook {

inline constexpr std::string_view html_head = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
)";

inline constexpr std::string_view html_style = R"(<style>
:root { color-scheme: light dark; --ground: #fff; --ink: #1d1f23; --soft: #565d68; --line: #d5d9e0;
  --tint: #f2f4f7; --link: #0b57b0; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181c; --ink: #e4e6ea; --soft: #a2a9b5; --line: #363b44; --tint: #21252b;
    --link: #8ab8f5; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 60rem; padding: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.35rem; margin: 3rem 0 1rem; padding-top: .8rem;
  border-top: 2px solid var(--line); }
h3 { font-size: 1.1rem; margin: 2.2rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.4rem 0 .4rem; color: var(--soft); }
:target { background: var(--tint); }
p { margin: .5rem 0; max-width: 45rem; }
ul { margin: .5rem 0; padding-left: 1.3rem; } li { margin: .2rem 0; }
a { color: var(--link); }
a:focus-visible, .table:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code { font: .88em/1.5 ui-monospace, monospace; background: var(--tint); padding: .1em .3em;
  border-radius: .25em; }
.table { overflow-x: auto; margin: .8rem 0; }
table { border-collapse: collapse; min-width: min(100%, 34rem); }
th, td { padding: .4rem .7rem; border: 1px solid var(--line); text-align: left; vertical-align: top;
  overflow-wrap: break-word; }
tbody th { font-weight: 400; } tbody th > :first-child { font-weight: 600; }
thead th { font-weight: 600; } thead th { background: var(--tint); }
nav { padding: 1.5rem; font-size: .9rem; background: var(--tint); }
nav ul { list-style: none; padding-left: 0; margin: 0; } nav ul ul { padding-left: .9rem; }
nav a { text-decoration: none; } nav a:hover, nav a:focus { text-decoration: underline; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; padding: .5rem;
  background: var(--ground); z-index: 1; }
@media (min-width: 64rem) {
  nav { position: fixed; inset: 0 auto 0 0; width: 18rem; overflow-y: auto; }
  main { margin-left: 18rem; padding: 2rem 3rem; } }
@media (max-width: 63.99rem) { nav ul ul { display: none; } }
@media screen and (max-width: 40rem) { main, nav { padding: 1rem; } 
  .table { overflow: visible; } table, tbody, tr, tbody th, td { display: block; }
  table { min-width: 0; } thead { position: absolute; left: -100rem; }
  tr { border: 1px solid var(--line); border-bottom: 0; } tbody tr:last-child {
    border-bottom: 1px solid var(--line); }
  tbody th, td { border: 0; padding: .3rem .6rem; } tbody th { background: var(--tint); }
  td { padding-left: 7.5rem; display: flow-root; } td::before { content: attr(data-label);
    float: left; width: 6.5rem; margin-left: -6.9rem; color: var(--soft); font-size: .9em; } }
@media print {
  :root { --ground: #fff; --ink: #000; --soft: #333; --line: #999; --tint: #f4f4f4; --link: #000; }
  body { font-size: 10pt; } nav { position: static; width: auto; } main { margin: 0; padding: 0;
    max-width: none; } .table { overflow: visible; } h2, h3, h4 { break-after: avoid; }
  tr { break-inside: avoid; } p { max-width: none; } }
</style>
)";

}  // namespace proviso::handbook
