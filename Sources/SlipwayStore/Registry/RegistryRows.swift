import Foundation
import SlipwayData
import SlipwayRegistry
import SlipwaySQL

extension ModelVersion {
    /// Reads a row of the table `versions`.
    init(_ row: SQLRow) throws {
        guard let digest = SHA256Digest(hex: try row.text("digest")) else {
            throw RegistryError(.storeFailed, "the registry holds a digest that is none")
        }
        self.init(
            model: try row.text("model"), number: try row.integer("number"), digest: digest,
            createdAt: try row.date("created_at"), createdBy: try row.text("created_by"))
    }
}

extension Challenger {
    /// Reads a row of the table `challengers`.
    init(_ row: SQLRow) throws {
        guard let mode = Mode(rawValue: try row.text("mode")) else {
            throw RegistryError(.storeFailed, "the registry holds a challenger of a newer Slipway")
        }
        var guardrail = Guardrail()
        guardrail.errorRateMax = try row.numberIfPresent("error_rate_max")
        guardrail.latencyRatioMax = try row.numberIfPresent("latency_ratio_max")
        guardrail.accuracyLossMax = try row.numberIfPresent("accuracy_loss_max")
        guardrail.callCountMin = try row.integer("call_count_min")
        guardrail.level = try row.number("error_level")
        self.init(
            version: try row.integer("version"), mode: mode, share: try row.number("share"),
            key: try row.textIfPresent("key_field"), guardrail: guardrail, since: try row.date("since"))
    }
}

extension Deployment {
    /// Reads a row of the table `deployments`.
    init(_ row: SQLRow) throws {
        self.init(
            environment: try row.text("environment"), model: try row.text("model"),
            champion: try row.integer("champion"), revision: try row.integer("revision"),
            updatedAt: try row.date("updated_at"))
    }
}

extension AuditEntry {
    /// Reads a row of the table `audit`.
    init(_ row: SQLRow) throws {
        guard let action = Action(rawValue: try row.text("action")) else {
            throw RegistryError(.storeFailed, "the audit log holds an action of a newer Slipway")
        }
        self.init(
            time: try row.date("at"), actor: try row.text("actor"), action: action, model: try row.text("model"),
            version: try row.integerIfPresent("version"), environment: try row.textIfPresent("environment"),
            reason: try row.textIfPresent("reason"))
    }
}

extension SQLRow {
    /// A moment kept as text.
    fileprivate func date(_ name: String) throws -> Timestamp {
        guard let date = Timestamp(try text(name)) else {
            throw RegistryError(.storeFailed, "the registry holds a time that is none in '\(name)'")
        }
        return date
    }
}
