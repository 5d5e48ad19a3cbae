extension GraphReader {
    /// The versions of the format that are read.
    static let formatVersions = 3...13
    /// The operator-set versions that are read, by domain; sets of other domains are left to their engine.
    static let operatorSetVersions = ["": 1...26, "ai.onnx.ml": 1...5]

    /// Checks versions and returns the operator sets by domain.
    mutating func readHeader() -> [String: Int] {
        checkFormatVersion()
        if !message.sparseInitializer.isEmpty {
            let name = message.sparseInitializer[0].values.name
            refuse(as: .unsupportedModel, "The constant \(quoted(name)) is sparse, which Slipway does not read.")
        }
        return readOperatorSets()
    }

    /// The exporter's notes, and its name and version as `producer_name` and `producer_version`.
    func readMetadata() -> [String: String] {
        var metadata: [String: String] = [:]
        for entry in model.message.metadataProps { metadata[entry.key] = entry.value }
        if !model.message.producerName.isEmpty { metadata["producer_name"] = model.message.producerName }
        if !model.message.producerVersion.isEmpty { metadata["producer_version"] = model.message.producerVersion }
        return metadata
    }

    private mutating func checkFormatVersion() {
        let supported = "\(Self.formatVersions.lowerBound) to \(Self.formatVersions.upperBound)"
        if !model.message.hasIrVersion {
            refuse("The model does not state its format (IR) version; versions \(supported) are read.")
        } else if !Self.formatVersions.contains(Int(clamping: model.message.irVersion)) {
            refuse(
                as: .unsupportedModel,
                "The model has format (IR) version \(model.message.irVersion); versions \(supported) are read.")
        }
    }

    private mutating func readOperatorSets() -> [String: Int] {
        var opsets: [String: Int] = [:]
        for entry in model.message.opsetImport {
            let domain = canonicalDomain(entry.domain)
            let name = domain.isEmpty ? "ai.onnx" : quoted(domain)
            let version = Int(clamping: entry.version)
            if let earlier = opsets[domain], earlier != version {
                refuse("The model names two versions of the operator set \(name): \(earlier) and \(version).")
            }
            if let range = Self.operatorSetVersions[domain], !range.contains(version) {
                refuse(
                    as: .unsupportedModel,
                    "The model uses version \(version) of the operator set \(name); "
                        + "versions \(range.lowerBound) to \(range.upperBound) are read.")
            }
            opsets[domain] = version
        }
        if opsets.isEmpty {
            refuse("The model names no operator set, so the meaning of its nodes is unknown.")
        }
        return opsets
    }

    /// The domain with the two spellings of the standard one made equal.
    func canonicalDomain(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }
}
