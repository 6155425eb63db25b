// Looks for words in what words.json says of the guide. Knows no page: it takes data and gives data.

// One ending of an English word, taken off where three letters stay: packed, packing, packs, pack.
const ENDING = new RegExp(
  "^(.{3,}?)(?:i[sz](?:e[ds]?|ing|ations?)|ations?|itions?|ements?|ments?|ness(?:es)?|ingly|edly|ities|ity|ily|ally|" +
    "ions?|ings?|ive|ful|able|ible|ies|ied|ers?|ors?|ly|ed|es|al|e|y)$",
);
const PLURAL = /^(.{2,}[^isu])s$/;

// What the forms and the spellings of a word have in common. It need not be a word: behaviour and behavior, apologise
// and apologize, counselling and counseling, practice and practise each become one, and so do many typing errors.
const stem = (word) =>
  word
    .replace(ENDING.test(word) ? ENDING : PLURAL, "$1")
    .replace(/([^aeiou\d])\1/g, "$1")
    .replace(/z/g, "s")
    .replace(/c(?=[eiy]|$)/g, "s")
    .replace(/our/g, "or")
    .replace(/tre$/, "ter");

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "");
const wordsOf = (text) =>
  (/[^ -~]/.test(text) ? fold(text) : text)
    .toLowerCase()
    .replace(/n['’]t\b|['’](?:s|re|ve|ll|d|m)\b/g, "")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

// What a match is worth, by where it stands and by what was found. Lists and sources only repeat what pages say.
const PLACES = { title: 3, found_by: 4, names: 3, part: 1.6 };
// Help is better shown once too often.
const KINDS = { help: 1.5, topic: 1, page: 0.8, question: 0.8, stage: 0.7, checklist: 0.7, tension: 0.5, list: 0.1, source: 0.1 };
const NAMES = new Set(["found_by", "names"]);
const TEXT = 0.4; // the words about something, beside those that name it
const OTHERS = 0.15; // what the other matches of a page add to its best
const LEAST = 0.1; // of the best score: what has less is left away
const MOST = 10; // results

// A piece of a page: its words, where on the page it is, and the line that tells a reader why it was found.
const piecesOf = (row) => [
  { row, place: "title", words: row.title, text: row.about ?? "" },
  ...(row.names ?? []).map((words) => ({ row, place: "names", words })),
  ...(row.found_by ?? []).map((words) => ({ row, place: "found_by", words })),
  ...(row.parts ?? []).map(([anchor, why, text]) => ({ row, place: "part", words: why, text, anchor, why })),
];

const byScore = (one, other) => other.score - one.score;

// What is shown of a page. A heading or advice that fits leads to its place and is the reason; lay words are never shown.
const shown = ({ row, anchor, why }) => ({
  at: anchor ? `${row.at}#${anchor}` : row.at,
  kind: row.kind,
  title: row.title,
  label: row.label,
  why: why || row.about,
});

/**
 * Takes the library and what words.json holds. Gives a function from what a reader typed to `results`, best first,
 * or without them where nothing was typed that could be looked for; and what to show `instead` where nothing is found.
 */
export const engineFor = (MiniSearch, data) => {
  const passedOver = new Set(data.passed_over);
  const telling = (text) => wordsOf(text).filter((word) => !passedOver.has(word));
  const stems = new Map();
  const stemOf = (word) => {
    let found = stems.get(word);
    if (found === undefined) stems.set(word, (found = stem(word)));
    return found;
  };
  const known = new Set();
  const pieces = data.found.flatMap(piecesOf);
  const index = new MiniSearch({
    fields: ["words", "text"],
    extractField: (id, field) => (field === "id" ? id : pieces[id][field]),
    tokenize: telling,
    // Whole words stand beside their stems for whoever is still typing: "boundari" begins "boundaries".
    processTerm: (word, field) => {
      const its = stemOf(word);
      known.add(its);
      return its === word || field === "text" ? its : [word, its];
    },
    searchOptions: {
      processTerm: stem,
      prefix: (word, at, words) => at === words.length - 1 && word.length > 1,
      fuzzy: (word) => (known.has(word) || word.length < 4 ? false : word.length < 8 ? 1 : 2),
      boost: { text: TEXT },
      boostDocument: (id) => PLACES[pieces[id].place] * KINDS[pieces[id].row.kind],
    },
  });
  index.addAll([...pieces.keys()]);

  // A name counts as far as it was typed: of "wife died", "wife" alone is half of it.
  const share = (id, matched) => {
    const { place, words } = pieces[id];
    if (!NAMES.has(place)) return 1;
    return Math.min(1, matched / Math.max(1, telling(words).length));
  };

  const results = (typed) => {
    const pages = new Map();
    const pieceOf = ({ id, score, queryTerms }) => ({ ...pieces[id], score: score * share(id, queryTerms.length) });
    for (const piece of index.search(typed).map(pieceOf).sort(byScore)) {
      const page = pages.get(piece.row);
      if (page) page.score += OTHERS * piece.score;
      else pages.set(piece.row, piece);
    }
    const ranked = [...pages.values()].sort(byScore);
    return ranked.filter(({ score }) => score >= LEAST * ranked[0].score).slice(0, MOST).map(shown);
  };

  return (typed) => {
    const looked = telling(typed);
    const found = looked.length ? results(typed) : [];
    // Who has typed two letters, or words that tell nothing, is not yet told that there is nothing.
    if (!found.length && looked.join("").length < 3) return { instead: [] };
    return { results: found, instead: data.instead.map((row) => shown({ row })) };
  };
};
