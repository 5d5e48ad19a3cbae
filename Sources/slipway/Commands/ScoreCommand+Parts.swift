import ArgumentParser
import Foundation
import SlipwayData
import SlipwayModel

extension ScoreCommand {
    /// The job in parts.
    func parted(
        _ job: ScoringJob, _ ends: ScoringEnds, _ loaded: LoadedModel, _ platform: Platform?
    ) throws -> PartedJob {
        let assembly = try assembly(of: job, ends)
        if case .partitions(let folder) = assembly { try folder.examine() }
        let rowCount = partRows ?? PartedJob.rowCountDefault
        return PartedJob(
            job: job, folder: try PartFolder(partsPath(platform), ending: ends.ofParts.ending),
            description: try description(of: job, loaded, rowCount), isResumed: resume, rowCount: rowCount,
            assembly: assembly)
    }

    private func assembly(of job: ScoringJob, _ ends: ScoringEnds) throws -> PartAssembly {
        if let columns = partitionBy?.names {
            return .partitions(
                PartitionedFolder(
                    path: Self.withoutSlash(destination), columns: columns, format: partitionFormat ?? .parquet,
                    memoryByteCountMax: job.memoryByteCountMax))
        }
        if let table = job.table { return .table(table, memoryByteCountMax: job.memoryByteCountMax) }
        switch ends.to {
        case .parquet: return .parquet(destination, memoryByteCountMax: job.memoryByteCountMax)
        case .csv, .jsonLines, .table: return .text(destination, hasHeader: ends.to == .csv)
        }
    }

    /// Where the parts stand: beside a file or folder, and in the project's state for a table.
    private func partsPath(_ platform: Platform?) -> String {
        guard let place = TablePlace(destination), let platform, partitionBy == nil else {
            return "\(Self.withoutSlash(destination)).slipway-job"
        }
        let state = platform.project.folder.statePath
        return "\(state)/score/\(place.source)#\(place.table.replacing("/", with: "%2F")).slipway-job"
    }

    private static func withoutSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? withoutSlash(String(path.dropLast())) : path
    }

    /// What the parts depend on: the rows, the model, and what is done with both.
    private func description(of job: ScoringJob, _ loaded: LoadedModel, _ rowCount: Int) throws -> JSONObject {
        let files = try RowsFormat(of: job.source) == .parquet ? ScoringJob.files(of: job.source) : [job.source]
        func list(_ names: [String]?) -> JSONValue { .array((names ?? []).map { .string($0) }) }
        let digest = try loaded.package?.digest ?? SHA256Digest(ofFile: options.model)
        return [
            "slipway": .string(BuildVersion.current), "model": .string(digest.hex),
            "engine": .string(job.model.predictor.engineName), "columns": list(options.columns?.names),
            "from": .string(source),
            "files": .object(JSONObject(files.map { ($0, .string(FileIdentity.stamp(of: $0) ?? "")) })),
            "to": .string(destination), "keep": list(keep?.names), "explain": .integer(Int64(explain ?? 0)),
            "strict": .boolean(strict), "bad_rows": .number(job.quarantine?.shareMax ?? 0),
            "partition_by": list(partitionBy?.names), "part_rows": .integer(Int64(rowCount)),
        ]
    }

    func validateParts() throws {
        if let columns = partitionBy?.names {
            guard TablePlace(destination) == nil, destination != "-" else {
                throw ValidationError("--partition-by needs the name of a folder with --to")
            }
            guard columns.count <= PartitionedFolder.columnCountMax, Set(columns).count == columns.count else {
                throw ValidationError(
                    "--partition-by takes up to \(PartitionedFolder.columnCountMax) columns, each once")
            }
        } else if partitionFormat != nil {
            throw ValidationError("--partition-format needs --partition-by")
        }
        if partRows != nil, !resume { throw ValidationError("--part-rows needs --resume") }
        guard (1...PartedJob.rowCountMax).contains(partRows ?? 1) else {
            throw ValidationError("--part-rows is from 1 to \(PartedJob.rowCountMax)")
        }
        guard resume || partitionBy != nil else { return }
        guard options.engine != Self.databaseEngine else {
            throw ValidationError("--resume and --partition-by do not go with --engine sql")
        }
        guard resume else { return }
        if destination == "-" || source == "-" {
            throw ValidationError("--resume needs names of files with --from and --to")
        }
        if query != nil || (try? RowsFormat(of: source)) == .table {
            throw ValidationError(
                "--resume needs files with --from, since the rows of a table have no order that stays; score them into a "
                    + "Parquet file or a table without --resume")
        }
    }
}

extension PartitionedFolder.Format: ExpressibleByArgument {}
