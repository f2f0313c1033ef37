import { LitElement, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api } from "./api.js";

interface Schema {
  type?: string | string[];
  format?: string;
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
  $ref?: string;
}

interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>;
}

interface Description {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

/** The studio's OpenAPI description, drawn for people. */
@customElement("reference-view")
export class ReferenceView extends LitElement {
  @state() private description?: Description;
  @state() private fault = "";

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    api.json<Description>("/openapi/v1.json").then(
      (description) => (this.description = description),
      (fault: Error) => (this.fault = fault.message),
    );
  }

  protected override render() {
    const { description } = this;
    if (this.fault) return html`<p class="fault" role="alert">${this.fault}</p>`;
    if (!description) return html`<div class="loading" aria-hidden="true"></div>`;
    const groups = new Map<string, [string, string, Operation][]>();
    for (const [path, operations] of Object.entries(description.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const group = operation.tags?.[0] ?? "Studio";
        groups.set(group, [...(groups.get(group) ?? []), [method.toUpperCase(), path, operation]]);
      }
    }
    return html`
      <article class="reference">
        <h1>For programs</h1>
        <p>All that this page does goes through one HTTP API. <a href="/openapi/v1.json" target="_blank">openapi/v1.json</a> describes it for tools. Two commands make a piece:</p>
        <pre><code>curl -X POST ${location.origin}/api/compositions -H "content-type: application/json" -d '{"bars": 16, "seed": 7}'
curl -OJ ${location.origin}/api/compositions/ID.mid</code></pre>
        <p>Progress and notes come as server-sent events while a piece is composed: <code>curl -N ${location.origin}/api/compositions/ID/events</code>. Every error is a problem (RFC 9457) with one sentence in <code>detail</code>.</p>
        ${[...groups].map(([group, operations]) => html`<h2>${group}</h2>${operations.map(([method, path, operation]) => this.operation(method, path, operation))}`)}
      </article>
    `;
  }

  private operation(method: string, path: string, operation: Operation) {
    const body = Object.entries(operation.requestBody?.content ?? {})[0];
    return html`
      <details class="operation">
        <summary><b class="method ${method.toLowerCase()}">${method}</b><code>${path}</code><span>${operation.summary}</span></summary>
        ${operation.description ? html`<p>${operation.description}</p>` : nothing}
        ${operation.parameters?.length ? html`<table><caption>Parameters</caption>${operation.parameters.map((parameter) => html`
          <tr><th scope="row"><code>${parameter.name}</code></th><td>${this.type(parameter.schema)}${parameter.required ? "" : ", optional"}</td><td>${parameter.description ?? ""}</td></tr>`)}</table>` : nothing}
        ${body ? html`<table><caption>Body, ${body[0]}</caption>${this.fields(body[1].schema)}</table>` : nothing}
        <table><caption>Answers</caption>${Object.entries(operation.responses).map(([status, response]) => html`
          <tr><th scope="row"><code>${status}</code></th><td>${Object.keys(response.content ?? {}).join(", ")}</td><td>${response.description ?? ""}</td></tr>`)}</table>
      </details>
    `;
  }

  private fields(schema: Schema | undefined): unknown {
    const whole = this.resolve(schema);
    return Object.entries(whole?.properties ?? {}).map(([name, field]) => {
      const inner = this.resolve(field);
      const range = inner?.minimum !== undefined || inner?.maximum !== undefined ? `, ${inner.minimum ?? ""} to ${inner.maximum ?? ""}` : "";
      const standard = inner?.default !== undefined && inner.default !== null ? `, default ${JSON.stringify(inner.default)}` : "";
      return html`<tr><th scope="row"><code>${name}</code></th><td>${this.type(field)}${range}${standard}</td><td>${field.description ?? inner?.description ?? ""}</td></tr>`;
    });
  }

  private type(schema: Schema | undefined): string {
    const whole = this.resolve(schema);
    if (!whole) return "";
    if (whole.enum) return whole.enum.join(" | ");
    const types = [whole.type ?? []].flat().filter((type) => type !== "null");
    const isNumber = types.some((type) => type === "number" || type === "integer");
    const name = isNumber ? types.find((type) => type !== "string")! : (types[0] ?? "object");
    return name === "array" ? `array of ${this.type(whole.items)}` : name;
  }

  private resolve(schema: Schema | undefined): Schema | undefined {
    const name = schema?.$ref ?? schema?.oneOf?.find((one) => one.$ref)?.$ref;
    return name ? this.description?.components?.schemas?.[name.split("/").at(-1)!] : schema;
  }
}
