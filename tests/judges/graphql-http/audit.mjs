// Audits the GraphQL server at the address given and prints one JSON object:
// the audits by id, and what graphql-js makes of the server's introspection.
import { buildClientSchema, getIntrospectionQuery, printSchema } from 'graphql';
import { auditServer } from 'graphql-http';

const url = process.argv[2];

const audits = (await auditServer({ url })).map(({ id, name, status, reason }) => ({
  id,
  name,
  status,
  reason,
}));

const answer = await fetch(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
  body: JSON.stringify({
    query: getIntrospectionQuery({
      descriptions: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
      oneOf: true,
      schemaDescription: true,
      specifiedByUrl: true,
    }),
  }),
});
const { data, errors } = await answer.json();
const schema = data ? printSchema(buildClientSchema(data)) : '';

console.log(JSON.stringify({ audits, errors, schema }));
