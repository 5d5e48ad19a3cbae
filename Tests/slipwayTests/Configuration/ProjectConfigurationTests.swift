import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayModel
import Testing

@testable import slipway

struct ProjectConfigurationTests {
    @Test func everyMistakeIsListedInOnePass() throws {
        let lines = ConfigurationText.problems(try Golden.text("mistakes.yaml")) + "\n"
        let expected = try Golden.text("mistakes.txt")
        #expect(lines == expected)
    }

    @Test func noMessageRepeatsASecret() throws {
        let lines = ConfigurationText.problems(try Golden.text("mistakes.yaml"))
        #expect(!lines.contains("hunter2"))
        #expect(!lines.contains("T000"))
    }

    @Test func theMessageCountsTheProblemsAndListsThem() {
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationText.configuration("project: telco\nmodles: {}\n")
        }
        #expect(
            error?.message == """
                slipway.yaml has 1 problem:
                slipway.yaml:2:1: modles: unknown key; did you mean 'models'?
                """)
        #expect(error?.code == "invalid_configuration")
    }

    @Test func aWholeProjectReadsIntoPlainValues() throws {
        let project = try ConfigurationText.configuration(Golden.text("design.yaml"))
        #expect(project.name == "telco")
        #expect(project.environments.keys.sorted() == ["production", "test"])
        let warehouse = try project.source(named: "warehouse")
        #expect(warehouse.kind == .sqlite)
        #expect(warehouse.policy == ResiliencePolicy(timeout: .seconds(2), retryCount: 3))
        let view = try project.feature(named: "customers")
        #expect(view.source == "warehouse")
        #expect(view.key == "customer_id")
        #expect(view.ageMax == .seconds(86_400))
        #expect(view.refresh?.minutes == [0, 15, 30, 45])
        #expect(view.privacy.policies == ["email": .hash, "phone": .mask])
    }

    @Test func aSourceThroughDuckDBSaysWhatItMayTake() throws {
        let project = try ConfigurationText.configuration(
            """
            project: p
            sources:
              lake: { type: files, path: data, memory: 2GB, threads: 4 }
              warehouse: { type: duckdb, path: w.duckdb }
            """)
        let lake = try project.source(named: "lake").databaseUse
        #expect(lake == DatabaseUse(memoryByteCountMax: 2_000_000_000, threadCount: 4))
        #expect(try project.source(named: "warehouse").databaseUse == DatabaseUse())
        #expect(
            ConfigurationText.problems("project: p\nsources: { a: { type: files, path: d, memory: 1MB, threads: 0 } }")
                .split(separator: "\n").count == 2)
        #expect(
            ConfigurationText.problems("project: p\nsources: { a: { type: csv, path: d, memory: 1GB } }")
                == "slipway.yaml:2:37: sources.a.memory: unknown key; expected type, path, parse, bad_rows, timeout, "
                + "retries, concurrency, breaker, or on_failure")
    }

    @Test func aSourceSaysHowItIsAsked() throws {
        let project = try ConfigurationText.configuration(
            """
            project: p
            sources:
              crm:
                type: postgres
                url: "${CRM_URL}"
                timeout: 5s
                retries: 0
                concurrency: 1
                breaker: { failures: 3, pause: 1m }
                on_failure: stale
            """)
        #expect(
            try project.source(named: "crm").policy
                == ResiliencePolicy(
                    timeout: .seconds(5), retryCount: 0, concurrency: 1, breakerFailureCount: 3,
                    breakerPause: .seconds(60), onFailure: .stale))
        #expect(
            ConfigurationText.problems(
                """
                project: p
                sources:
                  a: { type: csv, path: d, concurrency: 0, breaker: { failures: 0, pose: 1s }, on_failure: default }
                """)
                    == """
                    slipway.yaml:3:41: sources.a.concurrency: '0' is not a whole number from 1 to 256; write one such as 4
                    slipway.yaml:3:65: sources.a.breaker.failures: '0' is not a whole number from 1 to 1000; write one \
                    such as 5
                    slipway.yaml:3:68: sources.a.breaker.pose: unknown key; expected failures or pause
                    slipway.yaml:3:92: sources.a.on_failure: the rows of a query have no default; write fail, or stale to \
                    go on with the rows replicated before, and defaults in the feature view
                    """)
    }

    @Test func aSourceSaysHowItsFilesAreRead() throws {
        let project = try ConfigurationText.configuration(
            """
            project: p
            sources:
              sales:
                type: csv
                path: data
                parse:
                  encoding: windows-1252
                  delimiter: ";"
                  decimal: ","
                  thousands: "."
                  missing: ["-", k.A.]
                  columns:
                    price: { type: number, decimal: ".", thousands: ",", units: { EUR: 1, ct: 0.01 } }
                    since: { type: date, format: dd.MM.yyyy }
                bad_rows: { at_most: 0.5% }
            """)
        let parsing = try #require(try project.source(named: "sales").parsing)
        #expect(parsing.encoding == "windows-1252" && parsing.delimiter == UInt8(ascii: ";"))
        #expect(parsing.badShareMax == 0.005)
        #expect(
            parsing.column.marks == NumberMarks(decimal: ",", thousands: ".")
                && parsing.column.missing == ["-", "k.A."])
        let price = ColumnParsing(
            content: .values(.number), marks: NumberMarks(decimal: ".", thousands: ","), missing: ["-", "k.A."],
            units: ["EUR": 1, "ct": 0.01])
        #expect(parsing.columns["price"] == price)
        #expect(parsing.columns["since"]?.content == DatePattern("dd.MM.yyyy").map { .days($0) })
        let mistakes = ConfigurationText.problems(
            """
            project: p
            sources:
              sales:
                type: csv
                path: data
                parse:
                  encoding: latin-99
                  delimiter: "ab"
                  decimal: ","
                  thousands: ","
                  columns:
                    price: { type: money, format: dd.MM.yyyy }
                    since: { type: date, format: dd.MM, zone: Europe/Berlin }
                    seen: { type: time, format: dd.MM.yyyy HH:mm }
                    seen2: { type: time, format: dd.MM.yyyy HH:mm, zone: Mars }
                    weight: { type: number, zone: UTC, units: { kg: heavy } }
                bad_rows: { at_most: 1 }
            """)
        #expect(mistakes.split(separator: "\n").count == 11, "\(mistakes)")
    }

    @Test func anAPISaysWhichTablesItHas() throws {
        let project = try ConfigurationText.configuration(
            """
            project: p
            sources:
              crm:
                type: http
                url: https://crm.example/api
                token: ${CRM_TOKEN}
                max_answer: 1MB
                max_pages: 10
                tables:
                  customers: { path: /customers?active=true, rows: data.items, paging: { by: next, at: links.next } }
                  orders: { path: /orders, paging: { by: offset, parameter: skip, size: 50, size_parameter: take } }
                  visits: { path: /visits, paging: { by: header }, columns: { id: integer } }
            """)
        let api = try #require(try project.source(named: "crm").api)
        #expect(api.token?.variables == ["CRM_TOKEN"])
        #expect(api.limits == HTTPLimits(answerByteCountMax: 1_000_000, pageCountMax: 10))
        #expect(
            api.tables == [
                HTTPTable(
                    name: "customers", path: "/customers?active=true", rows: ["data", "items"],
                    paging: .next(["links", "next"])),
                HTTPTable(
                    name: "orders", path: "/orders", paging: .offset(parameter: "skip", size: 50, sizeParameter: "take")
                ),
                HTTPTable(name: "visits", path: "/visits", paging: .header, columns: [("id", .integer)]),
            ])
        let mistakes = ConfigurationText.problems(
            """
            project: p
            sources:
              crm:
                type: http
                url: https://crm.example/api
                token: hunter2
                tables:
                  a: { rows: data..items }
                  b: { path: /b, paging: { by: cursor, size: 1 } }
                  c: { path: /c, paging: { by: turn } }
                  d: { path: /d, columns: { id: money } }
              erp: { type: http, url: https://erp.example }
            """)
        #expect(mistakes.split(separator: "\n").count == 9, "\(mistakes)")
        #expect(!mistakes.contains("hunter2"))
    }

    @Test func aBucketSaysWhereItIsAndWhoAsks() throws {
        let project = try ConfigurationText.configuration(
            """
            project: p
            sources:
              lake:
                type: s3
                url: s3://shop-data/warehouse
                endpoint: http://minio:9000
                plain_http: true
                path_style: false
                region: eu-west-1
                access_key: ${LAKE_KEY}
                secret_key: file:secret
                session_token: ${LAKE_TOKEN}
                max_size: 10GB
                memory: 1GB
              open: { type: s3, url: s3://shop-data }
            """)
        let bucket = try #require(try project.source(named: "lake").bucket)
        #expect(bucket.isPathStyle == false && bucket.allowsPlainHTTP && bucket.region == "eu-west-1")
        #expect(bucket.fetchedByteCountMax == 10_000_000_000)
        #expect(bucket.accessKey?.variables == ["LAKE_KEY"] && bucket.sessionToken?.variables == ["LAKE_TOKEN"])
        #expect(try project.source(named: "open").bucket == BucketConfiguration())
        let mistakes = ConfigurationText.problems(
            """
            project: p
            sources:
              a: { type: s3, path: data }
              b: { type: s3, url: s3://shop-data, access_key: AKIDEXAMPLE, secret_key: hunter2 }
              c: { type: s3, url: s3://shop-data, secret_key: "${LAKE_SECRET}" }
              d: { type: s3, url: s3://shop-data, session_token: "${LAKE_TOKEN}" }
              e: { type: s3, url: s3://shop-data, path_style: yes, max_size: 1, tokens: x }
            """)
        #expect(mistakes.split(separator: "\n").count == 9, "\(mistakes)")
        #expect(!mistakes.contains("hunter2") && !mistakes.contains("AKIDEXAMPLE"))
    }

    @Test func aModelSaysWhyItExists() throws {
        let said = "{ purpose: Finds leavers., owner: the team, limits: Not for companies. }"
        let text = "project: p\nmodels:\n  m: \(said)\n"
        let notes = try ConfigurationText.configuration(text).model(named: "m").notes
        #expect(notes == ModelNotes(purpose: "Finds leavers.", owner: "the team", limits: "Not for companies."))
        let plain = try ConfigurationText.configuration("project: p\nmodels: { m: { target: t } }")
        #expect(try plain.model(named: "m").notes.isEmpty)
    }

    @Test func aModelReadsIntoPlainValues() throws {
        let churn = try ConfigurationText.configuration(Golden.text("design.yaml")).model(named: "churn")
        #expect(churn.positiveClass == "Yes")
        #expect(churn.privacy == ["contract": .hash])
        #expect(churn.inputs.map(\.name) == ["tenure", "contract"])
        #expect(churn.inputs[0].type == .integer)
        #expect(churn.inputs[0].maximum == 100)
        #expect(churn.inputs[1].isRequired == false)
        #expect(churn.inputs[1].categories == ["Month-to-month", "One year", "Two year"].map(Value.string))
        #expect(churn.training?.command == ["python3", "train.py"])
        #expect(churn.training?.source == "warehouse")
        #expect(churn.training?.rows == .table("customers_history"))
        #expect(churn.training?.timeout == TrainingConfiguration.timeoutDefault)
        #expect(
            churn.gate == [
                .atLeast(metric: "roc_auc", threshold: 0.8, slice: nil),
                .notWorseThanChampion(metric: "roc_auc", margin: 0.005, confidence: 0.95),
                .atLeast(metric: "roc_auc", threshold: 0.6, slice: "contract"),
                .atMost(metric: "log_loss", threshold: 0.6, slice: nil),
            ])
    }

    @Test func anEnvironmentKeepsItsLogsLikeTheProjectButForWhatItSays() throws {
        let project = try ConfigurationText.configuration(Golden.text("design.yaml"))
        let production = try project.log(of: "production")
        #expect(production.ageMax == .seconds(30 * 86_400))
        #expect(production.byteCountMax == 50_000_000_000)
        #expect(production.segmentByteCountMax == 128_000_000)
        #expect(production.compaction.age == nil)
        #expect(try project.log(of: "test").compaction.age == .seconds(2 * 86_400))
        #expect(try project.log(of: "test").byteCountMax == 20_000_000_000)
        let plain = try ConfigurationText.configuration("project: telco\n")
        #expect(try plain.log(of: "test") == LogConfiguration())
    }

    @Test func aKeyThatIsLookedUpCannotBeHidden() {
        let text = """
            project: telco
            sources: { crm: { type: sqlite, path: crm.db } }
            features: { customers: { from: crm, query: select 1, key: id } }
            models: { churn: { features: customers, privacy: { id: hash } } }
            """
        let problems = ConfigurationText.problems(text)
        #expect(problems.contains("4:50: models.churn.privacy: the key column 'id' is needed"), "\(problems)")
    }

    @Test func trainingRowsMayComeFromAnotherSourceThanFeatures() throws {
        let value = try ConfigurationText.configuration(Golden.text("design.yaml")).model(named: "value")
        #expect(value.training?.source == "history")
        #expect(value.training?.rows.query == "select * from \"spending\"")
        #expect(value.training?.timeout == .seconds(600))
        #expect(value.training?.heldOutShare == 0.3)
    }

    @Test(arguments: [
        "data: { from: crm, query: select 1 }", "from: crm, query: select 1",
        "query: select 1, from: crm, held_out: 0.2",
    ])
    func trainingRowsMayBeNamedInOneOrTwoPlaces(rows: String) throws {
        let project = try ConfigurationText.configuration(
            """
            project: telco
            sources: { crm: { type: sqlite, path: crm.db } }
            models: { churn: { target: churn, train: { command: [sh], \(rows) } } }
            """)
        let training = try #require(project.models["churn"]?.training)
        #expect(training.source == "crm")
        #expect(training.rows == .query("select 1"))
    }

    @Test func theExampleProjectReads() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardizedFileURL
        let folder = try ProjectFolder.find(in: "Examples/telco", from: root.path)
        let project = try ProjectConfiguration.load(from: folder)
        #expect(project.name == "telco")
        #expect(project.models["churn"]?.training?.source == "warehouse")
    }

    @Test func whatHasNoEffectIsSaid() throws {
        let notices = try ConfigurationText.configuration(Golden.text("design.yaml")).notices
        let paths = notices.map(\.path.description)
        let expected: Set = ["alerts", "channels", "pipelines", "reports"]
        #expect(Set(paths) == expected)
        #expect(notices.allSatisfy { $0.message.contains("slipway ") || $0.message.contains("this version") })
    }

    @Test func aNameAloneIsAProjectWithTwoEnvironments() throws {
        let project = try ConfigurationText.configuration("project: telco\n")
        #expect(project.environments.keys.sorted() == ["production", "test"])
        #expect(project.models.isEmpty)
        #expect(project.notices.isEmpty)
    }

    @Test func aMissingVariableMattersOnlyWhenItIsNeeded() throws {
        let project = try ConfigurationText.configuration(Golden.text("design.yaml"))
        let warehouse = try project.source(named: "warehouse")
        let error = #expect(throws: ConfigurationError.self) { try project.address(of: warehouse, environment: [:]) }
        #expect(error?.kind == .unresolved)
        #expect(error?.message.contains("slipway.yaml:7:36: sources.warehouse.path") == true)
        #expect(error?.message.contains("DATA_DIR is not set") == true)
        #expect(try project.address(of: warehouse, environment: ["DATA_DIR": "/data"]) == "/data/warehouse.db")
        #expect(try project.address(of: warehouse, environment: ["DATA_DIR": "d"]) == "/projects/telco/d/warehouse.db")
    }

    @Test(arguments: ["se@cret", "se/cret", "se?cret", "se#cret", "se cret", "[secret", "se@\u{301}cret"])
    func aPasswordThatWouldEndTooEarlyInAURLIsRefusedAndNotShown(_ password: String) throws {
        let project = try ConfigurationText.configuration(
            """
            project: telco
            sources:
              crm: { type: postgres, url: "postgres://ada:${PASSWORD}@${HOST}/crm" }
            """)
        let source = try project.source(named: "crm")
        let error = #expect(throws: ConfigurationError.self) {
            try project.address(of: source, environment: ["PASSWORD": password, "HOST": "db:5432"])
        }
        #expect(error?.message.contains("the value of PASSWORD") == true)
        #expect(error?.description.contains("cret") == false)
        let encoded = ["PASSWORD": "se%40cret", "HOST": "db:5432"]
        #expect(try project.address(of: source, environment: encoded) == "postgres://ada:se%40cret@db:5432/crm")
    }

    @Test func anUnknownNameIsAnsweredWithTheNearest() throws {
        let project = try ConfigurationText.configuration(Golden.text("design.yaml"))
        let error = #expect(throws: ConfigurationError.self) { try project.model(named: "chrun") }
        #expect(error?.message == "slipway.yaml defines no model 'chrun'; did you mean 'churn'?")
    }

    @Test(arguments: [
        ("", "slipway.yaml:1:1: the file is empty; write at least project: telco"),
        ("# only a comment\n", "slipway.yaml:1:1: the file is empty; write at least project: telco"),
        ("[]", "slipway.yaml:1:1: found a list where a mapping belongs, such as project: telco"),
        ("telco", "slipway.yaml:1:1: found 'telco' where a mapping belongs, such as project: telco"),
        ("project:\n", "slipway.yaml:1:1: project: the key has no value; write project: telco"),
        ("sources: {}\n", "slipway.yaml:1:1: the key 'project' is missing; write project: telco"),
        (
            "project: telco\nsources: 3\n",
            "slipway.yaml:2:10: sources: found '3' where names with their settings belong"
        ),
        (
            "project: telco\nsources: { crm: csv }\n",
            "slipway.yaml:2:17: sources.crm: found 'csv' where a mapping belongs, such as "
                + "{ type: csv, path: data }"
        ),
        (
            "project: telco\nsources: { crm: { type: kafka, path: x } }\n",
            "slipway.yaml:2:25: sources.crm.type: this version reads csv, sqlite, postgres, duckdb, files, http, or s3, "
                + "not yet kafka"
        ),
        (
            "project: telco\nmodels:\n  churn:\n    target: x\n    train: { command: [sh], from: a, data: t; drop }\n",
            """
            slipway.yaml:5:35: models.churn.train.from: 'a' is not a source of this file; the file defines none
            slipway.yaml:5:44: models.churn.train.data: 't; drop' is not the name of a table; write the name of a \
            table such as customers_history
            """
        ),
    ])
    func aMistakeSaysWhatBelongsThere(text: String, expected: String) {
        #expect(ConfigurationText.problems(text) == expected)
    }
}
