import Foundation
import Testing

extension EndToEnd {
    struct ScoreFaultTests {
        /// A pipe that never ends, so that who reads it is in the middle of its work.
        private func endlessRows(of project: TelcoProject) -> FileHandle {
            let path = "\(project.path)/endless.csv"
            #expect(mkfifo(path, 0o600) == 0)
            return FileHandle(fileDescriptor: open(path, O_RDWR), closeOnDealloc: true)
        }

        private let rows = Data("tenure,contract,monthly_charges\n1,One year,5\n".utf8)

        private func temporaryNames(in project: TelcoProject) -> [String] {
            project.names(in: ".").filter { $0.hasSuffix(".tmp") }
        }

        @Test(arguments: ["out.csv", "out.parquet", "out.jsonl"])
        func aKilledRunLeavesTheOldResultAndItsTraceIsSwept(destination: String) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.write("the old result\n", to: destination)
                let pipe = endlessRows(of: project)
                try pipe.write(contentsOf: rows)
                let command = ["score", "churn@1", "--from", "endless.csv", "--to", destination]
                let killed = try project.start(command)
                try killed.wait(until: "it writes") { temporaryNames(in: project).count == 1 }
                let left = temporaryNames(in: project)
                killed.signal(SIGKILL)
                #expect(try killed.wait().isSignalled)
                #expect(temporaryNames(in: project) == left)
                #expect(project.text(of: destination) == "the old result\n")

                try pipe.write(contentsOf: rows)
                let living = try project.start(command)
                try living.wait(until: "it writes") {
                    let names = temporaryNames(in: project)
                    return names.count == 1 && names != left
                }
                let held = temporaryNames(in: project)
                try project.done("score", "churn@1", "--from", "rows.csv", "--to", destination)
                #expect(temporaryNames(in: project) == held)
                #expect(project.text(of: destination) != "the old result\n")
                living.signal(SIGKILL)
                _ = try living.wait()
            }
        }

        @Test(.enabled(if: SmallDisk.isPossible, "only root may mount a small file system"))
        func parquetThatDoesNotFitLeavesTheOldOne() throws {
            try SmallDisk.with { disk, project in
                let lines = try #require(project.text(of: "rows.csv")).split(separator: "\n")
                let rows = (0..<40).flatMap { _ in lines.dropFirst() }.joined(separator: "\n")
                try project.write("\(lines[0])\n\(rows)\n", to: "many.csv")
                try project.write("the old result\n", to: "out.parquet")
                let names = project.names(in: ".")
                try disk.fill(leaving: 4 << 10)
                let refusal = try project.refusal("score", "good.onnx", "--from", "many.csv", "--to", "out.parquet")
                #expect(refusal.contains("cannot write 'out.parquet': the disk is full"), "\(refusal)")
                #expect(refusal.contains("hint: Free space there"), "\(refusal)")
                #expect(project.text(of: "out.parquet") == "the old result\n")
                #expect(project.names(in: ".") == names)
                try disk.empty()
                try project.done("score", "good.onnx", "--from", "many.csv", "--to", "out.parquet")
                #expect(project.names(in: ".") == names)
            }
        }
    }
}
