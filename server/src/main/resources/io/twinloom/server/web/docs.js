// Shows /openapi.json for people: routes by tag, their parameters, bodies and answers.

const element = (name, text, ...children) => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
};

const api = await (await fetch('/openapi.json')).json();

const resolved = (node) => {
  if (!node || !node.$ref) return node;
  return node.$ref.slice(2).split('/').reduce((at, key) => at[key], api);
};

const nameOf = (schema) => {
  if (!schema) return '';
  if (schema.$ref) return schema.$ref.split('/').pop();
  if (schema.oneOf) return schema.oneOf.map(nameOf).join(' or ');
  if (schema.enum) return schema.enum.join(' | ');
  if (schema.type === 'array') return `list of ${nameOf(schema.items) || 'anything'}`;
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  return [schema.format || schema.type || 'anything'].join(' ');
};

const schemaTable = (schema) => {
  const known = resolved(schema);
  if (!known || !known.properties) return element('p', nameOf(schema));
  const table = element('table');
  for (const [name, property] of Object.entries(known.properties)) {
    const required = (known.required || []).includes(name);
    table.append(element('tr', '',
        element('td', '', element('code', name)),
        element('td', nameOf(property) + (required ? '' : ', optional')),
        element('td', property.description || '')));
  }
  return table;
};

const operation = (method, path, described) => {
  const details = element('details', '',
      element('summary', '', element('b', method.toUpperCase()), element('code', path),
          element('span', ` ${described.summary}`)));
  details.dataset.text = `${method} ${path} ${described.summary} ${described.operationId}`.toLowerCase();
  if (described.description) details.append(element('p', described.description));
  const parameters = (described.parameters || []).map(resolved);
  if (parameters.length) {
    const table = element('table');
    for (const p of parameters) {
      table.append(element('tr', '', element('td', '', element('code', p.name)), element('td', p.in),
          element('td', nameOf(p.schema)), element('td', p.description || '')));
    }
    details.append(table);
  }
  for (const [type, body] of Object.entries(described.requestBody?.content || {})) {
    details.append(element('h3', `Body: ${type}`), schemaTable(body.schema));
  }
  for (const [status, answer] of Object.entries(described.responses)) {
    for (const [type, body] of Object.entries(resolved(answer).content || {})) {
      if (status === 'default') continue;
      details.append(element('h3', `${status}: ${type} ${nameOf(body.schema)}`), schemaTable(body.schema));
    }
  }
  return details;
};

document.getElementById('about').textContent = api.info.description;
const main = document.getElementById('routes');
for (const tag of api.tags) {
  const section = element('section', '', element('h2', tag.description));
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, described] of Object.entries(methods)) {
      if (described.tags.includes(tag.name)) section.append(operation(method, path, described));
    }
  }
  main.append(section);
}
const schemas = element('section', '', element('h2', 'Schemas'));
for (const [name, schema] of Object.entries(api.components.schemas)) {
  const details = element('details', '', element('summary', '', element('code', name)));
  details.dataset.text = name.toLowerCase();
  if (schema.description) details.append(element('p', schema.description));
  details.append(schemaTable(schema));
  schemas.append(details);
}
main.append(schemas);
document.getElementById('filter').addEventListener('input', (event) => {
  const wanted = event.target.value.toLowerCase();
  for (const details of main.querySelectorAll('details')) {
    details.hidden = !details.dataset.text.includes(wanted);
  }
});
