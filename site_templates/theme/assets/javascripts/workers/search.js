// The worker that answers what people ask the handbook. It starts the theme's own, which is named in its
// address (see main.html), and puts what that finds in another order.
//
// The theme adds up how rare each word of a question is, so one rare word beats a page that has all the
// others. Here a page comes first that has most of the question: best in one title, one situation, one
// keyword or one sentence, else somewhere in a step, else in several. Without this file the theme's own
// order is left.

// Words that say nothing of what is looked for.
const SMALL = new Set(
  ("a about after all also am an and another any anybody anyone anything are as ask asks asked at be because " +
    "been before being but by came can cannot come comes could d did do does doing done don e else ever for " +
    "from get gets getting got had has have he her him his how i if in into is isn it its just let like ll m " +
    "many may me might much must my need needs nice nicely now of on one or our out please quick " +
    "quickly re s say says she should so some somebody someone something t than that the their them then there " +
    "these they thing things this those to today too up us use ve very want wanted wants was we were what when " +
    "where which while who whom whose why will with would yet you your").split(" "),
);

// Words that say little, as stems: whatever is done here is done for a client, and a number is seldom what a page is about.
const FAINT = /^(\d.*|client|custom|find|found|gave|give|given|keep|know|let|look|put|run|take|taken|tell|time|told|took|work)$/;

// Words of which people type one where a procedure has another; then verbs that change within.
const ALIKE = [
  "advance deposit prepayment", "agreement contract", "angry furious mad rude unhappy upset",
  "answer reply respond response", "app program software tool", "attack hack", "attorney lawyer legal",
  "begin start", "bill invoice", "boss director management", "bug error fault flaw mistake",
  "call phone ring telephone", "cancel quit resign terminate", "charge cost fee price rate",
  "cheap discount", "choose pick select", "client customer", "colleague coworker employee teammate",
  "complain complaint criticism criticize", "computer laptop notebook", "contractor freelancer",
  "correct fix mend repair", "cover deputy substitute", "crash down offline outage", "date deadline",
  "behind delay late overdue", "delete erase remove", "email mail", "end over",
  "enquiry inquiry", "evidence proof", "extend extension renew", "fake false fraud phishing pretend scam",
  "dentist doctor", "decline refuse reject", "busy overload workload", "family friend partner",
  "hear heard", "finish complete done ready", "genuine real", "ignore silence", "shop store", "holiday vacation",
  "feedback rating review score survey", "fever ill sick unwell", "file folder", "hire join joiner",
  "hold pause", "homepage site website", "installment part", "insult rude scream shout yell",
  "lead possible prospect", "access login password", "minutes notes", "offer proposal quote",
  "paid pay payment", "procedure process sop", "question ticket",
  "recommend recommendation referral testimonial", "saturday sunday weekend", "quiet silence silent",
  "bought buy", "broke broken break", "find found", "forget forgot forgotten", "gave give given", "held hold",
  "keep kept", "leave left", "lose lost", "meet met", "send sent", "spend spent", "steal stole stolen",
  "take taken took", "tell told", "write written wrote",
];
const AS_GOOD = 0.7; // a word alike, or one that begins with what is typed
const BEGINS = 0.2; // the same, when what is typed is a word by itself
const MISSPELLED = 0.6;

// How much it counts that a part of a page fits: what it is called, and what it says it is for.
const PAGE = 3;
const HEADING = 2;
const SITUATION = 4;
const SITUATIONS = /(?:For example|Look here when|Also found as): (.*?)<\/p>/g; // as _sop.j2 and procedure.md.j2 say it
const PARTS = /<[^>]+>|[.?!:;,](?=\s|$)/;
const AROUND = /^[\d.]+ | \([^()]*\)$/g; // the number of a step, and its role

const QUERY = 2; // what the page and the theme's worker call it
let asked = [];
let docs = [];

addEventListener("message", ({ data: message }) => {
  if (message.type === QUERY) {
    asked = telling(message.data);
    message.data = asked.join(" "); // no sign in it means anything to the theme
  } else if (message.data?.docs) docs = message.data.docs;
});

importScripts(location.search.slice(1)); // after we listen: it is to hear what we made of a question

const build = lunr.Builder.prototype.build;
lunr.Builder.prototype.build = function () {
  const index = build.call(this);
  const library = read(index);
  index.search = () => find(index, library);
  return index;
};

function words(text) {
  return text.toLowerCase().replace(/&\w+;/g, " ").replace(/%/g, " percent ").match(/[\p{L}\p{N}]+(?:\.\d+)*/gu) ?? [];
}

function telling(text) {
  const all = [...new Set(words(text))];
  const some = all.filter((word) => !SMALL.has(word));
  return some.length ? some : all;
}

// Every place that can be found, with its words without their endings, in parts that each say one thing.
function read(index) {
  const stems = new Map();
  const stem = (word) => {
    if (!stems.has(word)) stems.set(word, index.pipeline.runString(word)[0] ?? word);
    return stems.get(word);
  };
  const holders = new Map();
  for (const { location, title, text, boost = 1 } of docs) {
    const [page, heading] = location.split("#");
    const part = (weight, said) => ({ weight, terms: telling(said).map(stem) });
    const place = { location, page, boost, counts: new Map() };
    place.parts = [
      part(heading ? HEADING : PAGE, title.replace(AROUND, "")),
      ...[...text.matchAll(SITUATIONS)].flatMap(([, said]) => said.split(PARTS)).map((said) => part(SITUATION, said)),
      ...text.split(PARTS).map((said) => part(1, said)),
    ].filter(({ terms }) => terms.length);
    for (const term of place.parts.flatMap(({ terms }) => terms)) {
      if (!holders.has(term)) holders.set(term, []);
      if (!place.counts.has(term)) holders.get(term).push(place);
      place.counts.set(term, (place.counts.get(term) ?? 0) + 1);
    }
  }
  const rare = (term) => Math.log(1 + docs.length / holders.get(term).length) * (FAINT.test(term) ? 0.2 : 1);
  const alike = ALIKE.map((group) => group.split(" ").map(stem));
  return { stem, holders, alike, rarity: new Map([...holders.keys()].map((term) => [term, rare(term)])) };
}


// The terms that a word may mean, each with how sure that is.
function meanings(word, before, isLast, index, { stem, holders, alike }) {
  const own = stem(word);
  const found = new Map();
  const add = (term, sure) => {
    if (holders.has(term)) found.set(term, Math.max(sure, found.get(term) ?? 0));
  };
  for (const group of alike) if (group.includes(own)) for (const term of group) add(term, AS_GOOD);
  add(own, 1);
  if (before) add(stem(before + word), 1); // kick off, web site
  if (isLast && word.length > 1) {
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
  const { holders, rarity } = library;
  const sought = asked
    .map((word, i) => ({ word, terms: meanings(word, asked[i - 1], i === asked.length - 1, index, library) }))
    .filter(({ terms }) => terms.size);
  for (const one of sought) one.weighs = Math.max(...[...one.terms].map(([term, sure]) => sure * rarity.get(term)));
  const whole = sum(sought, (one) => one.weighs);

  const inPlaces = new Map(); // place or page -> what is sought -> how well it is met there
  const onPages = new Map();
  for (const one of sought) {
    for (const [term, sure] of one.terms) {
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
  const fits = ({ weight, terms }) => {
    const met = sum(sought, (one) => one.weighs * Math.max(0, ...terms.map((term) => one.terms.get(term) ?? 0)));
    return met && (weight * met ** 2) / Math.sqrt(whole * sum(terms, (term) => rarity.get(term)));
  };
  const pages = new Map([...onPages].map(([page, met]) => [page, spread(met)]));
  return [...inPlaces].map(([place, met]) => {
    const best = Math.max(...place.parts.map(fits));
    const score = place.boost * (2 * best + spread(met) + pages.get(place.page) / 2);
    const lifted = place.location === place.page ? 1 + 2 ** 2 : 1 + 1; // by the theme: it prefers the top of each page
    return { ref: place.location, score: score / lifted, matchData: { metadata: marks(index, place, met) } };
  });
}

function sum(values, of) {
  return values.reduce((total, value) => total + of(value), 0);
}

function note(among, where, one, met) {
  if (!among.has(where)) among.set(where, new Map());
  const here = among.get(where);
  here.set(one, Math.max(met, here.get(one) ?? 0));
}

// Where the words stand that were found, for the theme to mark them. It is told that all were found, since
// it would list the others under each result, and weigh by how many there are once more.
function marks(index, { location }, met) {
  const metadata = Object.fromEntries(asked.map((word) => [word, {}]));
  for (const { word, terms } of met.keys()) {
    for (const field of index.fields) {
      const position = [...terms.keys()].flatMap((term) => index.invertedIndex[term]?.[field]?.[location]?.position ?? []);
      if (position.length) metadata[word][field] = { position };
    }
  }
  return metadata;
}
