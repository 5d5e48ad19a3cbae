import Logging
import SlipwayServing

extension ServingLimits {
    /// The limits as far as this process may hold them, which the log names.
    ///
    /// - Parameter faceCount: The faces of the server, each with as many connections.
    func fitting(faceCount: Int, logger: Logger) -> ServingLimits {
        var limits = self
        limits.connectionCountMax = OpenFiles.connectionCount(wanted: connectionCountMax, faceCount: faceCount)
        if limits.connectionCountMax < connectionCountMax {
            logger.warning(
                "this process may not open enough files for its limit of connections",
                metadata: ["wanted": "\(connectionCountMax)", "connections": "\(limits.connectionCountMax)"])
        }
        logger.info(
            "limits",
            metadata: Dictionary(
                uniqueKeysWithValues: limits.settings.map { ($0.key, Logger.MetadataValue.string($0.text)) }))
        return limits
    }
}
