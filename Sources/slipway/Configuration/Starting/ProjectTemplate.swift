/// The files of a new project.
struct ProjectTemplate: Sendable {
    /// A file with its text.
    struct File: Equatable, Sendable {
        /// The path below the project's folder.
        var path: String
        /// The content.
        var text: String
    }

    /// The name of the project.
    let name: String

    /// The files in the order in which they are written; the project file is the first.
    var files: [File] {
        [
            File(path: ProjectConfiguration.fileName, text: projectFile),
            File(path: "data/customers.csv", text: Self.customers),
            File(path: "README.md", text: readMe),
            File(path: ".gitignore", text: "\(ProjectFolder.stateFolderName)/\n"),
        ]
    }

    /// The commands of the first minutes, each with what it does.
    static let firstSteps: [(purpose: String, commands: [String])] = [
        ("See what this machine has and what is missing", ["slipway doctor"]),
        ("Copy the example rows to the serving store", ["slipway data replicate customers"]),
        (
            "Push a model of yours, with rows to check it on and the column that it predicts",
            ["slipway model push churn.onnx --name churn --examples rows.csv --target churn"]
        ),
        (
            "Put it to work and ask it over HTTP",
            ["slipway model promote churn@1 --to production", "slipway serve --environment production"]
        ),
    ]

    /// What to do after the first minutes.
    static let lastStep = "Describe your own data, training and gate in slipway.yaml"

    private var projectFile: String {
        """
        # The project file of Slipway, checked as a whole whenever a command runs; every mistake is listed at once.
        # Settings behind a '#' are examples of what you may need later: delete the '# ' to use them.
        project: \(name)

        # Where models are deployed. Each environment keeps its state in .slipway/NAME.db.
        environments:
          test: { store: sqlite }
          production: { store: sqlite }

        # How long, and how much of, the predictions and their outcomes are kept. This is so by default:
        # log: { retention: 90d, max_size: 10GB, segment_size: 64MB, compact_after: 7d }

        # Where data comes from. A csv source is a folder: data/customers.csv is the table customers.
        # Secrets and paths of this machine never stand here; write ${NAME} for an environment variable.
        sources:
          files: { type: csv, path: data }
          # warehouse: { type: sqlite, path: "${WAREHOUSE}/warehouse.db", timeout: 30s }
          # crm: { type: postgres, url: "postgres://ada:${CRM_PASSWORD}@db.example:5432/crm" }

        # What is looked up by key at prediction time, so that callers send only customer_id=1001.
        features:
          customers:
            from: files
            query: select customer_id, tenure, contract, monthly_charges from customers
            key: customer_id
            # max_age: 24h

        # What you say about a model beyond what its file says. A model can be pushed and served without an entry here.
        # models:
        #   churn:
        #     purpose: Finds customers who may leave, so that somebody calls them.
        #     owner: the retention team
        #     limits: Not for business customers.
        #     features: customers
        #     target: churn
        #     positive_class: Yes
        #     inputs:
        #       tenure: { minimum: 0, unit: months, meaning: how long the customer has stayed }
        #     privacy: { contract: hash }
        #     train:
        #       command: [python3, train.py]
        #       data: { from: files, query: select * from customers }
        #       timeout: 10m
        #     gate:
        #       - { metric: roc_auc, at_least: 0.80 }
        #       - { metric: roc_auc, not_worse_than_champion: 0.005, confidence: 0.95 }
        #       - { slice: contract, metric: roc_auc, at_least: 0.60 }

        """
    }

    private var readMe: String {
        let steps = Self.firstSteps.enumerated().map { index, step in
            let commands = step.commands.map { "       \($0)" }.joined(separator: "\n")
            return "\(index + 1). \(step.purpose):\n\n\(commands)\n"
        }
        return """
            # \(name)

            A project of Slipway: its models, their data, their training and the gate they must pass.

            | file | what it is |
            |---|---|
            | `slipway.yaml` | what the project is made of |
            | `data/customers.csv` | ten invented customers, to be replaced by your data |
            | `.slipway/` | what Slipway makes: packages, state, the prediction log; not for version control |

            ## First steps

            \(steps.joined(separator: "\n"))
            \(Self.firstSteps.count + 1). \(Self.lastStep).

            `slipway --help` lists all commands.

            """
    }

    private static let customers = """
        customer_id,tenure,contract,monthly_charges,churn
        1001,1,Month-to-month,29.85,No
        1002,34,One year,56.95,No
        1003,2,Month-to-month,53.85,Yes
        1004,45,One year,42.3,No
        1005,3,Month-to-month,70.7,Yes
        1006,8,Month-to-month,99.65,Yes
        1007,62,Two year,56.15,No
        1008,13,Month-to-month,49.95,No
        1009,58,One year,100.35,No
        1010,71,Two year,,No

        """
}
