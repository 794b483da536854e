// Answers in the name of the reference implementation: a case a line in, its answer a line out, both as JSON.
// An answer says for each question a text, so that the other side can compare word by word.
"use strict";
const graphql = require("graphql");
const { validateSDL } = require("graphql/validation/validate");
const lines = require("node:readline").createInterface({ input: process.stdin });

const schemas = new Map();

function schemaOf(sdl) {
  if (!schemas.has(sdl)) schemas.set(sdl, graphql.buildSchema(sdl));
  return schemas.get(sdl);
}

function text(error) {
  const places = (error.locations ?? []).map((place) => `${place.line}:${place.column}`);
  return error.message + (places.length ? ` (${places.join(", ")})` : "");
}

// Each rule signs the errors that it reports; what the context remembers is shared by all.
const rules = graphql.specifiedRules.map((rule) => (context) => {
  const name = rule.name.replace(/Rule$/, "");
  return rule(new Proxy(context, {
    get(target, property) {
      if (property === "reportError") return (error) => target.reportError(Object.assign(error, { rule: name }));
      const value = target[property];
      return typeof value === "function" ? value.bind(target) : value;
    },
  }));
});

function attempt(answer, question, ask) {
  try {
    answer[question] = ask();
  } catch (error) {
    answer[question] = error instanceof graphql.GraphQLError ? `refused: ${text(error)}` : `failed: ${error.message}`;
  }
}

function parse(answer, source) {
  try {
    const document = graphql.parse(source);
    answer.parsed = graphql.print(document);
    return document;
  } catch (error) {
    answer.syntax = text(error);
    return undefined;
  }
}

// The first object, where {"$ref": n} stands for the object of that index.
function linked(objects) {
  const follow = (value) =>
    Array.isArray(value) ? value.map(follow) : value && typeof value === "object" && "$ref" in value ? objects[value.$ref] : value;
  for (const object of objects) {
    for (const [name, value] of Object.entries(object)) object[name] = follow(value);
  }
  return objects[0];
}

// "$arguments" stands for the field's arguments, so that what became of them is compared too.
function read(source, args, context, info) {
  const value = graphql.defaultFieldResolver(source, args, context, info);
  return value === "$arguments" ? JSON.stringify(args) : value;
}

const kinds = {
  syntax(answer, { document }) {
    parse(answer, document);
  },

  validate(answer, { schema, document }) {
    const parsed = parse(answer, document);
    if (!parsed) return;
    attempt(answer, "errors", () =>
      graphql.validate(schemaOf(schema), parsed, rules)
        .map((error) => `${error.rule ?? "None"}: ${text(error)}`)
        .join("\n"));
  },

  // The document is the query for everything that the schema says of itself.
  schema(answer, { schema, document }) {
    const parsed = parse(answer, schema);
    if (!parsed) return;
    answer.definitions = validateSDL(parsed).map(text).join("\n");
    if (answer.definitions) return;
    let built;
    attempt(answer, "built", () => {
      built = graphql.buildASTSchema(parsed, { assumeValidSDL: true });
      return "yes";
    });
    if (!built) return;
    answer.rules = graphql.validateSchema(built).map(text).join("\n");
    attempt(answer, "printed", () => graphql.printSchema(built));
    attempt(answer, "sorted", () => graphql.printSchema(graphql.lexicographicSortSchema(built)));
    if (answer.rules) return;
    attempt(answer, "introspection", () =>
      JSON.stringify(graphql.executeSync({ schema: built, document: graphql.parse(document) }).data));
  },

  // Fields are read off the data by their names; "__typename" in the data says what an abstract value is.
  execute(answer, { schema, document, data, variables, operation }) {
    const parsed = parse(answer, document);
    if (!parsed) return;
    attempt(answer, "result", () => JSON.stringify(graphql.executeSync({
      schema: schemaOf(schema), document: parsed, rootValue: linked(data), variableValues: variables, operationName: operation,
      fieldResolver: read,
    })));
  },
};

lines.on("line", (line) => {
  const question = JSON.parse(line);
  const answer = {};
  kinds[question.kind](answer, question);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
