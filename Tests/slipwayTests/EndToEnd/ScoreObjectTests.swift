import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayDuckDB
import SlipwayTesting
import Testing

extension EndToEnd {
    /// Objects of buckets as the rows and the results of jobs.
    struct ScoreObjectTests {
        private func with(
            _ program: S3Server.Program = .rclone, _ body: (TelcoProject, TestBucket) throws -> Void
        ) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let bucket = try TestBucket(below: UUID().uuidString, of: program)
                try bucket.add(to: project)
                try body(project, bucket)
            }
        }

        private func run(_ project: TelcoProject, _ arguments: [String]) throws -> SlipwayProcess.Outcome {
            try project.start(arguments, environment: TestBucket.environment).wait()
        }

        private static let local = ["score", "churn", "--from", "files#customers", "--keep", "customer_id", "--to"]

        @Test(arguments: S3Server.Program.allCases)
        func anObjectIsMadeOnceAndReplacedWhereThatIsSaid(program: S3Server.Program) throws {
            try with(program) { project, bucket in
                #expect(try run(project, Self.local + ["here.csv"]).status == 0)
                let expected = project.text(of: "here.csv")
                let first = try run(project, Self.local + ["lake#scores/churn.csv"])
                #expect(first.status == 0, "\(first.messages)")
                #expect(first.output.contains("written to lake#scores/churn.csv"))
                #expect(try bucket.text(of: "scores/churn.csv") == expected)

                let again = try run(project, Self.local + ["lake#scores/churn.csv"])
                #expect(again.status == 1, "\(again.messages)")
                #expect(again.messages.contains("the object 'lake#scores/churn.csv' is there already"))
                let merged = try run(
                    project, Self.local + ["lake#scores/churn.csv", "--mode", "merge", "--key", "customer_id"])
                #expect(merged.status == 1 && merged.messages.contains("an object is made as a whole"))
                let whole = "\(bucket.bucket.address)scores/churn.csv"
                let replaced = try run(
                    project, ["score", "churn", "--from", "files#customers", "--to", whole, "--mode", "replace"])
                #expect(replaced.status == 0, "\(replaced.messages)")
                #expect(try bucket.text(of: "scores/churn.csv")?.hasPrefix("label,") == true)
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: "\(project.path)/.slipway/objects") == [])
            }
        }

        @Test func rowsComeFromObjectsFoldersAndTablesOfABucket() throws {
            try with { project, bucket in
                let rows = "\(project.path)/customers.parquet"
                let table = ["score", "churn", "--from", "files#customers", "--keep", "all", "--to", rows]
                #expect(try run(project, table).status == 0)
                try bucket.put(rows, as: "customers.parquet")
                try bucket.put(rows, as: "daily/1.parquet")
                try bucket.put(rows, as: "daily/2.parquet")
                for (place, count) in [
                    ("lake#customers.parquet", 600), ("lake#customers", 600), ("lake#daily/", 1_200),
                    ("\(bucket.bucket.address)daily/1.parquet", 600),
                ] {
                    let outcome = try run(
                        project,
                        ["score", "churn", "--from", place, "--to", "lake#out.parquet", "--mode", "replace", "--json"])
                    #expect(try outcome.json["rows"] == .integer(Int64(count)), "\(place): \(outcome.messages)")
                    #expect(try outcome.json["to"] == .string("lake#out.parquet"))
                }
                let query = ["score", "churn", "--from", "lake", "--query", "select * from customers limit 7"]
                let outcome = try run(project, query + ["--to", "seven.csv", "--json"])
                #expect(try outcome.json["rows"] == .integer(7), "\(outcome.messages)")
                let absent = try run(project, ["score", "churn", "--from", "lake#absent.parquet", "--to", "x.csv"])
                #expect(absent.status == 1 && absent.messages.contains("there is no object 'lake#absent.parquet'"))
                try project.write("tenure,contract,monthly_charges\nx,One year,5\n", to: "bad")
                try bucket.put("\(project.path)/bad", as: "bad.csv")
                let bad = try run(project, ["score", "churn", "--from", "lake#bad.csv", "--to", "x.csv"])
                #expect(bad.status == 1 && bad.messages.contains("lake#bad.csv"), "\(bad.messages)")
                #expect(!bad.messages.contains(".slipway"))
            }
        }

        @Test func aKilledOrFailedJobLeavesTheObjectAndTheNextOneSweeps() throws {
            try with { project, bucket in
                let first = try run(project, Self.local + ["lake#churn.csv"])
                #expect(first.status == 0, "\(first.messages)")
                let before = try bucket.text(of: "churn.csv")
                let path = "\(project.path)/endless.csv"
                #expect(mkfifo(path, 0o600) == 0)
                let pipe = FileHandle(fileDescriptor: open(path, O_RDWR), closeOnDealloc: true)
                let killed = try project.start(
                    ["score", "churn", "--from", "endless.csv", "--to", "lake#churn.csv", "--mode", "replace"],
                    environment: TestBucket.environment)
                let rows = String(repeating: "1,One year,5\n", count: 20_000)
                try pipe.write(contentsOf: Data("tenure,contract,monthly_charges\n\(rows)".utf8))
                killed.signal(SIGKILL)
                #expect(try killed.wait().isSignalled)
                #expect(try bucket.text(of: "churn.csv") == before)
                let objects = "\(project.path)/.slipway/objects"
                #expect(try FileManager.default.contentsOfDirectory(atPath: objects).count == 1)

                try project.write("tenure,contract,monthly_charges\n1,One year,x\n", to: "bad.csv")
                let failed = try run(
                    project, ["score", "churn", "--from", "bad.csv", "--to", "lake#churn.csv", "--mode", "replace"])
                #expect(failed.status == 1)
                #expect(try bucket.text(of: "churn.csv") == before)
                #expect(try FileManager.default.contentsOfDirectory(atPath: objects) == [])
            }
        }
    }
}
