/// The one script of our own: it starts Swagger UI, and opens pages with a key that a person enters.
///
/// A key is kept in a variable of the page, never in storage, and sent to this server alone.
enum DocsScript {
    static let text = """
        "use strict";
        let key = "";

        const ask = (path) => fetch(path, { headers: key ? { Authorization: `Bearer ${key}` } : {} });

        async function show(path) {
          const answer = await ask(path);
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          if (!answer.ok) return page.querySelector("#page .said")?.textContent ?? `The server said ${answer.status}.`;
          document.querySelector("#page").replaceWith(document.importNode(page.querySelector("#page"), true));
          document.title = page.title;
          history.pushState({}, "", path);
          scrollTo(0, 0);
          return "";
        }

        async function listModels() {
          const list = document.querySelector("#models");
          const answer = await ask("/models");
          if (!list || !answer.ok) return;
          const cards = document.createElement("ul");
          cards.className = "cards";
          for (const model of (await answer.json()).models) {
            const link = document.createElement("a");
            link.className = "card";
            link.href = `/docs/models/${encodeURIComponent(model.name)}`;
            const name = document.createElement("b");
            name.textContent = model.name;
            const version = document.createElement("span");
            version.className = "tag";
            version.textContent = `version ${model.version}`;
            link.append(name, " ", version);
            const item = document.createElement("li");
            item.append(link);
            cards.append(item);
          }
          list.replaceChildren(cards);
        }

        const locked = {
          openapi: "3.1.0",
          info: {
            title: "Slipway", version: "",
            description: "This server asks who calls. Press Authorize and enter a key; then the API is shown.",
          },
          components: {
            securitySchemes: {
              bearer: { type: "http", scheme: "bearer", description: "A key (slw_…) or a token." },
              key: { type: "apiKey", in: "header", name: "X-API-Key", description: "A key (slw_…)." },
            },
          },
          security: [{ bearer: [] }, { key: [] }],
          paths: {},
        };

        async function startSwagger() {
          const first = await ask("/openapi.json");
          const ui = SwaggerUIBundle({
            spec: first.ok ? await first.json() : locked,
            domNode: document.querySelector("#api"),
            deepLinking: true,
            defaultModelsExpandDepth: 0,
            docExpansion: "list",
            syntaxHighlight: false,
            validatorUrl: null,
            plugins: [() => ({
              statePlugins: {
                auth: {
                  wrapActions: {
                    authorize: (original) => (payload) => {
                      const entered = Object.values(payload)[0]?.value;
                      if (typeof entered === "string") unlock(entered.trim());
                      return original(payload);
                    },
                    logout: (original) => (payload) => {
                      key = "";
                      return original(payload);
                    },
                  },
                },
              },
            })],
          });

          async function unlock(entered) {
            key = entered;
            const answer = await ask("/openapi.json");
            if (!answer.ok) return;
            ui.specActions.updateSpec(await answer.text());
            await listModels();
          }
        }

        addEventListener("DOMContentLoaded", () => {
          if (document.querySelector("#api")) startSwagger();
        });
        addEventListener("popstate", () => location.reload());
        document.addEventListener("submit", async (event) => {
          if (event.target.id !== "unlock") return;
          event.preventDefault();
          key = event.target.querySelector("#key").value.trim();
          const refusal = await show(location.pathname);
          if (!refusal) return;
          const said = document.querySelector("#said");
          said.textContent = refusal;
          said.hidden = false;
        });
        document.addEventListener("click", async (event) => {
          const link = event.target.closest?.('a[href^="/docs/models/"]');
          if (!link || !key || event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          if (await show(link.getAttribute("href"))) location.assign(link.href);
        });

        """
}
