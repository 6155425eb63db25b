"""What the codes mean that no rule over the finished guide carries: they are found while reading, or beside it."""

from __future__ import annotations

ELSEWHERE = {
    "not-yaml": "The file or its front matter is not YAML. Bad: `when: a: b`. Good: `when: 'a: b'`.",
    "yaml-anchor": "YAML anchors can hide endless work. Bad: `a: &x 1`, `b: *x`. Good: `a: 1`, `b: 1`.",
    "yaml-tag": "YAML tags can name code. Bad: `a: !!python/name:os.system`. Good: `a: text`.",
    "cut-text": "In YAML a # with a blank before it starts a remark, and cuts the text. Bad: `body: Box #1 first`. "
    "Good: `body: 'Box #1 first'`.",
    "missing-file": "Without one of its data files, many names of a guide are nobody's. Bad: guide.yml deleted. "
    "Good: the file at its place.",
    "double-key": "A key stands twice, so one value would be lost. Bad: `title: A`, `title: B`. Good: `title: A`.",
    "unknown-key": "A key is unknown or misspelt. Bad: `titel: A`. Good: `title: A`.",
    "missing-key": 'A key that is needed is missing. Bad: `{ #a-16 }`. Good: `{ #a-16 topic="pack" scope="before" }`.',
    "bad-value": "A value has the wrong form. Bad: `order: first`. Good: `order: 1`.",
    "no-front-matter": "A page has no front matter. Bad: `# Title`. Good: `---`, `title: Title`, `---`.",
    "not-utf-8": "A file is in another encoding. Bad: Windows-1252. Good: UTF-8.",
    "file-too-large": "Nobody wrote a page this large. Bad: a page of 300 KB. Good: several pages.",
    "bad-file-name": "A file name would make a bad address. Bad: `a b<c>.md`. Good: `a-b-c.md`.",
    "foreign-file": "Only text, data and pictures are content. "
    "Bad: `docs/a.js`, or a link to a file. Good: `docs/a.md`.",
    "raw-html": "HTML could run code. Bad: `a <b>word</b>`. Good: `a **word**`.",
    "stray-attribute": "Attributes could carry code. Bad: `text {: onclick=x }`. Good: `text`.",
    "bad-attribute": 'An attribute line cannot be read. Bad: `{ #a topic=x }`. Good: `{ #a topic="x" }`.',
    "split-answer": "An answer is more than one paragraph. Bad: text after its attribute line. Good: one paragraph.",
    "no-answer": "A question has no answer. Bad: two headings in a row. Good: a paragraph below each.",
    "no-attributes": "Nothing can name a bullet or an answer without an attribute line. "
    'Bad: `- **Rest.** Sit down.` and no more. Good: below it, `{ #a-16 topic="pack" scope="before" }`.',
    "unsafe-address": "A link could run code. Bad: `[a](javascript:b)`. Good: `[a](https://example.org/)`.",
    "remote-image": "A picture from elsewhere tells who reads. Bad: `![a](https://...)`. Good: `![a](a.png)`.",
    "file-inclusion": "Content may not read files. Bad: `--8<-- 'x'`. Good: the text itself.",
    "unprinted-text": "A checklist holds text that no sheet prints. Bad: a paragraph. Good: `when`, `foot`, lines.",
    "hidden-character": "A sign that nobody sees can hide what a text does. Bad: U+0002, U+202E. Good: what is seen.",
    "one-address": "Two pages would have one address. Bad: `a.md` and `a/index.md`. Good: one of them.",
    "endless-line": "Very long lines make the renderer crawl. Bad: `[[[[[[[[[[[[[[[[[[[[`, or a page on one line. "
    "Good: lines of a sentence or two.",
    "loose-list": "Blank lines between bullets move an id to the wrong element. Bad: a blank line between two bullets. "
    "Good: the next bullet on the next line.",
    "split-bullet": "A bullet says one thing. Bad: a bullet of two paragraphs. Good: one paragraph, or two bullets.",
    "no-lead": "A bullet has no bold lead. Bad: `- Keep promises.` Good: `- **Keep promises.** Why.`",
    "bad-lead": "A lead is short and ends with a full stop. Bad: `- **Keep promises** to them.` "
    "Good: `- **Keep promises.** To them too.`, at most 60 characters.",
    "unknown-marker": "A marker is unknown here, or missing. Bad: `<!-- advise -->`. Good: `<!-- advice -->`, once.",
    "no-box": "A line of a checklist has no box. Bad: `- Rest.` Good: `- [ ] Rest.`",
    "unequal-twins": "Points with equal words are one piece of advice. "
    "Bad: they differ in topic, scope or use. Good: they agree.",
    "echo": "We say things in our own words. Bad: six running words of an article (five: a warning). Good: ours.",
    "no-guard": "Copies of an article go unseen without its guard. Bad: a page for mark 6, and no `echoes/6.txt`. "
    "Good: `commonground import ARTICLE --guard 6`.",
    "bad-edit": "`review` changes only what it can change cleanly. Bad: `groups` written in a way it cannot add to. "
    "Good: that place edited by hand.",
    "bad-guard": "A guard that cannot be read guards nothing. Bad: `echoes/6.txt` written by hand. "
    "Good: one made by `commonground import`.",
    "too-long-to-print": "A checklist fits one page of A4 and of US Letter. Bad: forty lines. "
    "Good: fewer or shorter lines.",
    "unprintable-sign": "Paper needs signs that its font has. Bad: a picture sign in a lead. Good: words.",
    "unused-nolink": "A phrase that no text holds keeps nothing from being linked. Bad: `nolink: [gone]`. "
    "Good: only phrases that the pages hold.",
    "possible-duplicate": "The guide says a thing once. Bad: two points that look alike, and nobody has decided. "
    "Good: `commonground review --same ID ID`, or `--different ID ID`.",
    "lost-address": "A published address is gone. Bad: a page renamed. Good: also `old/: new/` in redirects.yml.",
    "unrecorded-address": "Nothing guards an address that is not in addresses.txt. Bad: a new page alone. "
    "Good: also `commonground addresses --write`.",
    "bad-record": "A line of addresses.txt is an address. Bad: `two words`. "
    "Good: a line made by `commonground addresses --write`.",
    "dead-link": "An outside link leads somewhere; `check-links` asks. Bad: a page that is gone. "
    "Good: where it is now, or no link.",
    "moved-link": "A page that moved for good may be forgotten at its old address. "
    "Bad: the old address. Good: its new address.",
    "unsure-link": "Some hosts do not say whether a link is good. Bad: nobody knows. "
    "Good: somebody looks, in a browser.",
    "default-repo-url": "Links to edit pages need the repository's address. Bad: `https://github.com/OWNER/guide`. "
    "Good: `REPO_URL=https://github.com/someone/guide make site`.",
    "sample-text": "What `commonground new` writes waits for somebody's words. Bad: its sample sentence. Good: yours.",
    "default-site-url": "A published site needs its own address. Bad: `https://example.org/`. "
    "Good: `SITE_URL=https://guide.example.net/ make site`.",
    "merge-conflict": "A merge that was not finished prints its marks. Bad: a line `<<<<<<< HEAD`. "
    "Good: the words you want.",
    "almost-bullet": "What has an attribute line is a bullet. Bad: `1. **Rest.** Now.`, `-**Rest.**`, or blanks first. "
    "Good: `- **Rest.** Now.`",
    "bad-heading": "A heading has a blank after its signs. Bad: `##Rest`. Good: `## Rest`.",
    "broken-markup": "Signs that mark nothing up are printed. Bad: `[Rest] (rest.md)`, `[[rest]]`, `**Rest.` "
    "Good: `[Rest](rest.md)`, `**Rest.**`",
    "no-alt-text": "Some readers hear the words of a picture. Bad: `![](box.png)`. Good: `![An open box](box.png)`.",
    "indented-text": "Four blanks or a tab before a paragraph make it code. Bad: a tab, then `Rest.` Good: `Rest.`",
    "glued-list": "A list without a blank line before it runs on. Bad: a paragraph, then `- one` on the next line. "
    "Good: a blank line between them.",
    "broken-link": "A link leads somewhere. Bad: `[Pack](pakc.md)`. Good: `[Pack](pack.md)`, as seen from this file.",
    "bad-exception": "An exception names a word rule and its reason; none is made from a rule that keeps readers safe. "
    "Bad: `<!-- allow absolute -->`. "
    "Good: `<!-- allow absolute: the law says always -->`.",
    "unused-exception": "An exception that nothing needs hides the next fault. "
    "Bad: one on a line without that finding. "
    "Good: none.",
    "stale-help": "Help lists grow old; with `--today`, 90 days are a warning and 180 an error. "
    "Bad: `last_checked` a year ago. Good: asked again this month, and the new day written down.",
}
