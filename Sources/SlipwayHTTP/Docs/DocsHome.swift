/// The values of the page at `/docs`.
struct DocsHome: Sendable {
    /// A served model, with a link to its page.
    struct Item: Sendable {
        var name: String
        var version: Int
        var task: String
        var purpose: String?
    }

    /// A route, for who has no Swagger UI.
    struct Line: Sendable {
        var method: String
        var path: String
        var summary: String
    }

    var title = "Slipway"
    /// Whether Swagger UI is here.
    var showsAPI: Bool
    /// What is missing where it is not.
    var missing: String?
    /// Whether callers have to prove who they are; nothing of the project is shown then.
    var asksForKeys: Bool
    var models: [Item]
    var routes: [Line]
    var version: String

    static let template = DocsTemplate(
        """
        <section class="lead">
        <h1>Models</h1>
        <div id="models" {{#asksForKeys}}data-locked="true"{{/asksForKeys}}>
        {{#asksForKeys}}<p class="quiet">This server asks who calls. Press <b>Authorize</b> below and enter a key with \
        the role view; it stays in this page.</p>{{/asksForKeys}}
        {{^asksForKeys}}<ul class="cards">
        {{#models}}<li><a class="card" href="/docs/models/{{name}}"><b>{{name}}</b> <span class="tag">version \
        {{version}}</span><span>{{#purpose}}{{.}}{{/purpose}}{{^purpose}}{{task}}{{/purpose}}</span></a></li>
        {{/models}}</ul>
        {{^models}}<p class="quiet">No model is deployed here yet: slipway model promote NAME --to production</p>\
        {{/models}}{{/asksForKeys}}
        </div>
        </section>
        <section>
        <h1>API</h1>
        <p class="quiet">The same as a document for programs: <a href="/openapi.json">/openapi.json</a></p>
        {{^showsAPI}}{{#missing}}<p class="note">{{.}} Here is a plain list of the routes instead.</p>{{/missing}}
        <div class="wide"><table>
        <thead><tr><th>method</th><th>path</th><th></th></tr></thead>
        <tbody>{{#routes}}<tr><td>{{method}}</td><td><code>{{path}}</code></td><td>{{summary}}</td></tr>
        {{/routes}}</tbody>
        </table></div>{{/showsAPI}}
        </section>
        {{#showsAPI}}<div id="api"></div>{{/showsAPI}}
        <footer>slipway {{version}}</footer>
        """)
}
