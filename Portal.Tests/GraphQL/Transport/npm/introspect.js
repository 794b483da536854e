// Asks for the schema with the query that GraphiQL sends, and writes the schema that it makes of the answer.
const {
  assertValidSchema, buildClientSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema,
} = require('graphql');

(async () => {
  const query = getIntrospectionQuery({
    descriptions: true, directiveIsRepeatable: true, inputValueDeprecation: true, oneOf: true, schemaDescription: true,
    specifiedByUrl: true,
  });
  const response = await fetch(process.argv[2], {
    method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json, multipart/mixed' },
    body: JSON.stringify({ query, operationName: 'IntrospectionQuery' }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  const schema = buildClientSchema(data);
  assertValidSchema(schema);
  console.log(printSchema(lexicographicSortSchema(schema)));
})();
