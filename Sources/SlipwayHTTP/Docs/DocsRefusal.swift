import SlipwayServing

/// The values of a page that cannot be shown, with a place for a key where one is asked for.
struct DocsRefusal: Sendable {
    var title = "Slipway"
    var showsAPI = false
    var message: String
    var hint: String?
    var asksForKey: Bool

    init(_ error: ServingError) {
        message = error.message
        hint = error.hint
        asksForKey = [.unauthenticated, .forbidden].contains(error.kind)
    }

    static let template = DocsTemplate(
        """
        <section class="lead">
        <h1>This page cannot be shown</h1>
        <p class="said">{{message}}.</p>
        {{#hint}}<p class="quiet">{{.}}</p>{{/hint}}
        {{#asksForKey}}<form id="unlock" autocomplete="off">
        <label for="key">A key with the role view for this model; it stays in this page</label>
        <p class="row"><input id="key" type="password" required placeholder="slw_…"><button>Show the page</button></p>
        <p id="said" class="note said" hidden></p>
        </form>{{/asksForKey}}
        <p><a href="/docs">All models</a></p>
        </section>
        """)
}
