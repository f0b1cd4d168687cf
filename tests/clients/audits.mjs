// The audits of graphql-http: what the GraphQL over HTTP specification asks of a server.
import { auditServer } from "graphql-http";
import { given, print } from "./scenario.mjs";

const results = await auditServer({ url: given.url });
print(results.map(({ id, name, status, reason }) => ({ id, name, status, reason })));
