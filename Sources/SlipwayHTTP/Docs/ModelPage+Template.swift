extension ModelPage {
    /// The page; every value in it is escaped.
    static let template = DocsTemplate(
        """
        <section class="lead">
        <h1>{{name}} <span class="tag">version {{version}}</span></h1>
        {{#purpose}}<p>{{.}}</p>{{/purpose}}
        <p>{{task}}</p>
        {{#owner}}<p class="quiet">Answered for by {{.}}.</p>{{/owner}}
        {{^purpose}}<p class="quiet">Why it exists is not written down. Say so under purpose in slipway.yaml, and push \
        or retrain.</p>{{/purpose}}
        <nav class="toc"><a href="#fields">What it reads</a><a href="#quality">How well it does</a>\
        <a href="#limits">Limits</a><a href="#call">How to call it</a><a href="#method">Method</a>\
        <a href="#data">Training data</a></nav>
        </section>

        <section id="fields">
        <h2>What it reads</h2>
        {{#profile}}{{#rows}}<p class="quiet">The figures speak of {{.}} example rows.</p>{{/rows}}
        {{^rows}}<p class="note">The version came without example rows, so nothing is known of how its fields are \
        distributed.</p>{{/rows}}
        <div class="wide"><table>
        <thead><tr><th>field</th><th>needed</th><th>allowed</th><th>in the examples</th><th>missing</th></tr></thead>
        <tbody>{{#fields}}<tr>
        <td><code>{{name}}</code><small>{{type}}{{#words}}: {{.}}{{/words}}</small></td>
        <td>{{needed}}</td><td>{{allowed}}</td>
        <td>{{#drawing}}<svg class="spark" viewBox="0 0 144 32" preserveAspectRatio="none" aria-hidden="true">\
        {{#bars}}<rect x="{{x}}" y="{{y}}" width="7" height="{{height}}"/>{{/bars}}</svg>{{/drawing}}\
        {{#distribution}}<small>{{.}}</small>{{/distribution}}</td>
        <td>{{missing}}</td>
        </tr>
        {{/fields}}</tbody>
        </table></div>{{/profile}}
        </section>

        <section id="quality">
        <h2>How well it does</h2>
        {{#metrics}}{{#rows}}<p class="quiet">On {{.}} rows whose true outcome is known.</p>{{/rows}}
        <div class="figures">{{#figures}}<div><span class="name">{{name}}</span><b>{{value}}</b>\
        <span>{{meaning}}</span></div>{{/figures}}</div>
        {{#undefined}}<p class="quiet">{{.}}</p>{{/undefined}}
        {{#slices}}<h3>By {{column}}</h3>
        <div class="wide"><table>
        <thead><tr><th>{{column}}</th><th class="figure">rows</th>\
        {{#sliceHeads}}<th class="figure">{{.}}</th>{{/sliceHeads}}</tr></thead>
        <tbody>{{#lines}}<tr><td>{{value}}</td><td class="figure">{{rows}}</td>\
        {{#figures}}<td class="figure">{{.}}</td>{{/figures}}\
        {{#isTooSmall}}<td class="figure" colspan="9">too few rows to tell</td>{{/isTooSmall}}</tr>
        {{/lines}}</tbody>
        </table></div>
        {{/slices}}
        {{#gate}}<p class="quiet">Before a version answers: {{.}}.</p>{{/gate}}
        {{#missing}}<p class="note">Not here. {{.}}</p>{{/missing}}{{/metrics}}
        </section>

        <section id="limits">
        <h2>Limits</h2>
        {{#notFor}}<p class="note">{{.}}</p>{{/notFor}}
        {{^notFor}}<p class="quiet">What it is not for is not written down: limits in slipway.yaml.</p>{{/notFor}}
        <ul>{{#limits}}<li>{{.}}</li>
        {{/limits}}</ul>
        <h3>Explanations</h3>
        <p>{{explanation}} Ask with <code>?explain=3</code>.</p>
        </section>

        <section id="call">
        <h2>How to call it</h2>
        {{#samples}}<details{{#isShown}} open{{/isShown}}><summary>{{language}}</summary>
        <pre><code>{{code}}</code></pre></details>
        {{/samples}}
        <p>{{feedback}}</p>
        <p class="quiet">The whole API, with the protocols of other servers: <a href="/docs">/docs</a></p>
        </section>

        <section id="method">
        <h2>Method</h2>
        <dl>{{#method}}<dt>{{name}}</dt><dd>{{value}}</dd>
        {{/method}}</dl>
        <details><summary>Operators of the graph</summary><p>{{operators}}</p></details>
        </section>

        <section id="data">
        <h2>Training data</h2>
        <dl>{{#data}}<dt>{{name}}</dt><dd>{{value}}</dd>
        {{/data}}</dl>
        {{#query}}<h3>Query</h3><pre><code>{{.}}</code></pre>{{/query}}
        {{#command}}<h3>Program</h3><pre><code>{{.}}</code></pre>{{/command}}
        <h3>Answers here</h3>
        <dl>{{#history}}<dt>{{name}}</dt><dd>{{value}}</dd>
        {{/history}}</dl>
        {{^history}}<p class="quiet">No change of the deployment is known.</p>{{/history}}
        </section>

        <footer><a href="/docs">All models</a> · <a href="/models/{{name}}">The same for programs</a></footer>
        """)
}
