/// The style sheet of the pages: one column, quiet colours, light and dark, readable on a phone.
enum DocsStyle {
    static let text = """
        :root {
          color-scheme: light dark;
          --ground: #fbfbf9; --sheet: #ffffff; --ink: #1d2327; --soft: #5f6b73; --line: #e4e6e3;
          --accent: #0f6b74; --wash: #eef5f5; --bar: #8fbcc0; --code: #f4f5f2;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #14181a; --sheet: #1b2023; --ink: #e6e9ea; --soft: #9aa6ad; --line: #2c3337;
            --accent: #6cc3cb; --wash: #1d2c2f; --bar: #3c747a; --code: #161b1d;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--ground); color: var(--ink);
          font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
        }
        a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 3px; }
        .bar { border-bottom: 1px solid var(--line); background: var(--sheet); }
        .bar a {
          display: block; max-width: 60rem; margin: 0 auto; padding: .8rem 1.25rem;
          color: var(--ink); font-weight: 650; letter-spacing: .01em; text-decoration: none;
        }
        main { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem 4rem; }
        section { padding-top: 2.25rem; }
        /* What is ours; Swagger UI brings its own. */
        main > :not(#api) {
          h1 {
            font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.015em; overflow-wrap: anywhere;
          }
          h2 { font-size: 1.2rem; margin: 0 0 .6rem; letter-spacing: -.005em; }
          h3 { font-size: .95rem; margin: 1.4rem 0 .4rem; color: var(--soft); font-weight: 600; }
          p { margin: .4rem 0 .8rem; max-width: 44rem; overflow-wrap: anywhere; }
          .said::first-letter { text-transform: uppercase; }
          &.lead p { font-size: 1.08rem; }
          .quiet, &:is(footer), &.lead p.quiet { color: var(--soft); font-size: .95rem; }
          .note {
            background: var(--wash); border-left: 3px solid var(--accent); border-radius: 0 6px 6px 0;
            padding: .6rem .9rem;
          }
          .tag {
            display: inline-block; font-size: .8rem; color: var(--soft); border: 1px solid var(--line);
            border-radius: 99px; padding: .05rem .6rem; vertical-align: .25em; white-space: nowrap;
          }
          nav.toc { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; margin: 1rem 0 0; font-size: .95rem; }
          ul { padding-left: 1.2rem; max-width: 44rem; }
          li { margin: .25rem 0; overflow-wrap: anywhere; }
          ul.cards { list-style: none; padding: 0; max-width: none; display: grid; gap: .8rem;
            grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
          .card {
            display: block; height: 100%; padding: .9rem 1.1rem; color: var(--ink); text-decoration: none;
            background: var(--sheet); border: 1px solid var(--line); border-radius: 10px;
          }
          .card:hover, .card:focus-visible { border-color: var(--accent); }
          .card > span:last-child:not(.tag) {
            color: var(--soft); font-size: .92rem; margin-top: .3rem;
            display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden;
          }
          dl {
            display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; gap: .35rem 1.2rem; margin: .4rem 0 .8rem;
          }
          dt { color: var(--soft); }
          dd { margin: 0; overflow-wrap: anywhere; }
          .wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--sheet); }
          table { border-collapse: collapse; width: 100%; font-size: .93rem; }
          th, td { text-align: left; padding: .55rem .9rem; border-bottom: 1px solid var(--line); vertical-align: top; }
          tr:last-child > td { border-bottom: 0; }
          th { color: var(--soft); font-weight: 600; font-size: .85rem; white-space: nowrap; }
          td small { display: block; color: var(--soft); font-size: .85rem; }
          td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
          .figures { display: grid; gap: .8rem; grid-template-columns: repeat(auto-fill, minmax(12.5rem, 1fr)); }
          .figures > div {
            background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: .8rem 1rem;
          }
          .figures b { display: block; font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
          .figures span { color: var(--soft); font-size: .85rem; display: block; line-height: 1.45; }
          .figures .name { color: var(--ink); font-weight: 600; font-size: .9rem; }
          svg.spark { display: block; width: 9rem; height: 2rem; fill: var(--bar); }
          code, pre, kbd { font: .88em/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
          pre {
            background: var(--code); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1.1rem;
            overflow-x: auto; margin: .4rem 0 1rem; tab-size: 4;
          }
          details { border-top: 1px solid var(--line); padding: .5rem 0; }
          details:last-of-type { border-bottom: 1px solid var(--line); }
          summary { cursor: pointer; font-weight: 600; padding: .2rem 0; }
          &:is(footer) { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
          .row { display: flex; gap: .6rem; flex-wrap: wrap; }
          label { color: var(--soft); font-size: .92rem; }
          #unlock input, #unlock button {
            font: inherit; padding: .5rem .8rem; border-radius: 8px; border: 1px solid var(--line);
            background: var(--sheet); color: var(--ink);
          }
          #unlock input { flex: 1 1 16rem; }
          #unlock button {
            background: var(--accent); border-color: var(--accent); color: var(--ground); cursor: pointer;
          }
          @media (max-width: 34rem) {
            h1 { font-size: 1.6rem; }
            dl { grid-template-columns: 1fr; gap: 0; }
            dd { margin-bottom: .5rem; }
          }
        }
        /* Swagger UI draws for a white page; a sheet of its own keeps it readable in the dark. */
        #api { margin-top: .6rem; }
        #api .swagger-ui .wrapper { padding: 0; max-width: none; }
        #api .swagger-ui .info { margin: 1rem 0; }
        #api .swagger-ui .scheme-container { background: transparent; box-shadow: none; padding: 0 0 1rem; }
        @media (prefers-color-scheme: dark) {
          #api { background: #fbfbf9; border-radius: 12px; padding: .2rem 1rem 1rem; color-scheme: light; }
        }
        @media print { .bar, nav.toc { display: none; } }

        """
}
