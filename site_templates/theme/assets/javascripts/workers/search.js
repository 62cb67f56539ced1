// The worker that answers what people ask the handbook. It starts the theme's own, which is named in
// its address (see main.html), and finds in that one's index by an order of its own.
//
// The theme adds up how rare each word of a question is, so one rare word beats a page that has all
// the others. Here a page comes first that has most of the question: best in one title, situation,
// tag or sentence, else somewhere in a step, else in several.

// Words that say nothing of what is looked for.
const SMALL = new Set(
  ("a about after all also am an and another any anybody anyone anything are as ask asks asked " +
    "at be because been before being but by came can cannot come comes could d did do does doing " +
    "done don e else ever for from get gets getting got had has have he her him his how i if in " +
    "into is isn it its just let like ll m many may me might much must my need needs nice nicely " +
    "now of on one or our out please quick quickly re s say says she should so some something t " +
    "than that the their them then there these they thing things this those to too up us use ve " +
    "very want wanted wants was we were what when where which while who whom whose why will with " +
    "would yet you your").split(" "),
);

// Words that say little, without their endings. Whatever is done here is done for a client, and a
// number is seldom what a page is about.
const FAINT = new RegExp(
  "^(\\d.*|client|custom|find|found|gave|give|given|keep|know|let|look|put|run|somebodi|someon|" +
    "take|taken|tell|time|told|took|work)$",
);

// Words of which people type one where a procedure has another.
const ALIKE = [
  "advance deposit prepayment", "agreement contract", "angry furious mad rude unhappy upset",
  "answer reply respond response", "app program software tool", "attack hack",
  "attorney lawyer legal", "begin start", "behind delay late overdue", "bill invoice",
  "boss director management", "bug error fault flaw mistake", "busy overload workload",
  "call phone ring telephone", "cancel quit resign terminate", "charge cost fee price rate",
  "cheap discount", "choose pick select", "client customer",
  "colleague coworker employee teammate", "complain complaint criticism criticize",
  "complete done finish ready", "computer laptop notebook", "contractor freelancer",
  "correct fix mend repair", "cover deputy substitute", "crash down offline outage",
  "date deadline", "decline refuse reject", "delete erase remove", "dentist doctor",
  "email mail", "end over", "enquiry inquiry", "evidence proof", "extend extension renew",
  "fake false fraud phishing pretend scam", "family friend partner",
  "feedback rating review score survey", "fever ill sick unwell", "file folder", "genuine real",
  "hire join joiner", "hold pause", "holiday vacation", "homepage site website",
  "ignore quiet silence silent", "installment part", "insult rude scream shout yell",
  "lead possible prospect", "access login password", "minutes notes", "offer proposal quote",
  "procedure process sop", "question ticket", "recommend recommendation referral testimonial",
  "saturday sunday weekend", "shop store", "somebody someone",
  // and verbs that change within
  "bought buy", "break broke broken", "find found", "forget forgot forgotten",
  "gave give given", "hear heard", "held hold", "keep kept", "leave left", "lose lost",
  "meet met", "paid pay payment", "send sent", "spend spent", "steal stole stolen",
  "take taken took", "tell told", "write written wrote",
];
const AS_GOOD = 0.7; // a word alike, or one that begins with what is typed
const BEGINS = 0.2; // the same, when what is typed is a word by itself
const MISSPELLED = 0.6;

// How much it counts that a part of a page fits: what it is called, and what it says it is for.
const PAGE = 3;
const HEADING = 2;
const SITUATION = 4;
// Situations and tags, as procedure.md.j2 and _sop.j2 introduce them.
const SITUATIONS = /(?:For example|Look here when|Also found as): (.*?)<\/p>/g;
const PARTS = /<[^>]+>|[.?!:;,](?=\s|$)/;
const AROUND = /^[\d.]+ | \([^()]*\)$/g; // the number of a step, and its role

const LOOKED_AT = 1000; // closely: in a large handbook more places have some word of a question
const SHOWN = 60;

const QUERY = 2; // what the page and the theme's worker call it
let asked = [];
let docs = [];

addEventListener("message", ({ data: message }) => {
  if (message.type === QUERY) {
    asked = telling(message.data);
    message.data = asked.join(" "); // no sign in it means anything to the theme
  } else if (message.data?.docs) docs = message.data.docs;
});

importScripts(location.search.slice(1)); // after we listen: it is to hear what we made of it

const build = lunr.Builder.prototype.build;
lunr.Builder.prototype.build = function () {
  const index = build.call(this);
  const library = read(index);
  index.search = () => find(index, library);
  return index;
};

function words(text) {
  const plain = text.toLowerCase().replace(/&\w+;/g, " ").replace(/%/g, " percent ");
  return plain.match(/[\p{L}\p{N}]+(?:\.\d+)*/gu) ?? [];
}

function telling(text) {
  const all = [...new Set(words(text))];
  const some = all.filter((word) => !SMALL.has(word));
  return some.length ? some : all;
}

// Every place that can be found, in parts that each say one thing, as words without their endings.
function read(index) {
  const stems = new Map();
  const stem = (word) => {
    if (!stems.has(word)) stems.set(word, index.pipeline.runString(word)[0] ?? word);
    return stems.get(word);
  };
  const holders = new Map();
  const places = docs.map(({ location, title, text, boost = 1 }) => {
    const [page, heading] = location.split("#");
    const part = (weight, said) => ({ weight, terms: telling(said).map(stem) });
    const place = { location, page, boost, counts: new Map() };
    const situations = [...text.matchAll(SITUATIONS)].flatMap(([, said]) => said.split(PARTS));
    place.parts = [
      part(heading ? HEADING : PAGE, title.replace(AROUND, "")),
      ...situations.map((said) => part(SITUATION, said)),
      ...text.split(PARTS).map((said) => part(1, said)),
    ].filter(({ terms }) => terms.length);
    for (const term of place.parts.flatMap(({ terms }) => terms)) {
      if (!holders.has(term)) holders.set(term, []);
      if (!place.counts.has(term)) holders.get(term).push(place);
      place.counts.set(term, (place.counts.get(term) ?? 0) + 1);
    }
    return place;
  });
  const rarity = new Map();
  for (const [term, held] of holders) {
    rarity.set(term, Math.log(1 + docs.length / held.length) * (FAINT.test(term) ? 0.2 : 1));
  }
  for (const part of places.flatMap(({ parts }) => parts)) {
    part.weighs = sum(part.terms, (term) => rarity.get(term));
  }
  const alike = ALIKE.map((group) => group.split(" ").map(stem));
  return { stem, holders, rarity, alike };
}

// The terms that the nth word may mean, each with how sure that is.
function meanings(n, index, { stem, holders, alike }) {
  const word = asked[n];
  const own = stem(word);
  const found = new Map();
  const add = (term, sure) => {
    if (holders.has(term)) found.set(term, Math.max(sure, found.get(term) ?? 0));
  };
  for (const group of alike) {
    if (group.includes(own)) for (const term of group) add(term, AS_GOOD);
  }
  add(own, 1);
  if (n > 0) add(stem(asked[n - 1] + word), 1); // kick off, web site
  if (n === asked.length - 1 && word.length > 1) {
    const sure = found.size ? BEGINS : AS_GOOD; // it may not be finished yet
    for (const term of holders.keys()) if (term.startsWith(word)) add(term, sure);
  }
  if (!found.size && word.length > 3) {
    const near = lunr.TokenSet.fromFuzzyString(own, 1);
    for (const term of index.tokenSet.intersect(near).toArray()) add(term, MISSPELLED);
  }
  return found;
}

function find(index, library) {
  const { stem, holders, rarity } = library;
  const sought = asked
    .map((word, i) => ({ word, terms: meanings(i, index, library) }))
    .filter(({ terms }) => terms.size);
  for (const one of sought) {
    const rarest = Math.max(...[...one.terms.keys()].map((term) => rarity.get(term)));
    one.weighs = rarity.get(stem(one.word)) ?? rarest;
    one.faint = FAINT.test(stem(one.word));
  }
  const whole = sum(sought, (one) => one.weighs);

  const inPlaces = new Map(); // place or page -> what is sought -> how well it is met there
  const onPages = new Map();
  const meant = new Map(); // term -> what is sought that may mean it, and how sure that is
  for (const one of sought) {
    for (const [term, sure] of one.terms) {
      meant.set(term, [...(meant.get(term) ?? []), { sought: one, sure }]);
      for (const place of holders.get(term)) {
        const count = place.counts.get(term);
        const met = (2 * sure * count) / (count + 1);
        note(inPlaces, place, one, met);
        note(onPages, place.page, one, met);
      }
    }
  }
  const spread = (met) => {
    const share = sum([...met.keys()], (one) => one.weighs) / whole;
    return share * sum([...met], ([one, well]) => one.weighs * well);
  };
  const fits = ({ weight, terms, weighs }) => {
    const found = new Map();
    for (const one of terms.flatMap((term) => meant.get(term) ?? [])) {
      found.set(one.sought, Math.max(one.sure, found.get(one.sought) ?? 0));
    }
    const met = sum([...found], ([one, sure]) => one.weighs * sure);
    return (weight * met ** 2) / Math.sqrt(whole * weighs);
  };
  const pages = new Map([...onPages].map(([page, met]) => [page, spread(met)]));
  return [...inPlaces]
    .map(([place, met]) => {
      const around = pages.get(place.page) / 2;
      return { place, met, score: place.boost * (spread(met) + around) };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, LOOKED_AT)
    .map(({ place, met, score }) => {
      const best = Math.max(...place.parts.map(fits));
      return { place, met, score: score + 2 * place.boost * best };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN)
    .map(({ place, met, score }) => ({
      ref: place.location,
      // The theme multiplies with this afterwards, to put the top of each page before its steps.
      score: score / (place.location === place.page ? 1 + 2 ** 2 : 1 + 1),
      matchData: { metadata: marks(index, place, met) },
    }));
}

function sum(values, of) {
  return values.reduce((total, value) => total + of(value), 0);
}

function note(among, where, one, met) {
  if (!among.has(where)) among.set(where, new Map());
  const here = among.get(where);
  here.set(one, Math.max(met, here.get(one) ?? 0));
}

// Where the words stand that were found, for the theme to mark them. It is told that all were found:
// else it lists the others under each result, and weighs by how many there are once more.
function marks(index, { location }, met) {
  const metadata = Object.fromEntries(asked.map((word) => [word, {}]));
  const found = [...met.keys()];
  const strong = found.filter(({ faint }) => !faint);
  for (const { word, terms } of strong.length ? strong : found) {
    for (const field of index.fields) {
      const position = [...terms.keys()].flatMap(
        (term) => index.invertedIndex[term]?.[field]?.[location]?.position ?? [],
      );
      if (position.length) metadata[word][field] = { position };
    }
  }
  return metadata;
}
