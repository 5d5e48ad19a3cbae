import SlipwayData

/// Numbers as people read them.
enum PageText {
    /// A number with four significant digits, or as whole as it is.
    static func figure(_ number: Double) -> String {
        guard number.isFinite, number != 0 else { return Value.number(number).text }
        var scale = 1.0
        var size = number.magnitude
        // Beyond these bounds the shortest form is as good.
        guard (1e-6..<1e12).contains(size) else { return Value.number(number).text }
        while size < 1_000 {
            size *= 10
            scale *= 10
        }
        return Value.number((number * scale).rounded() / scale).text
    }

    /// A share in percent.
    static func percent(_ share: Double) -> String {
        let percent = share * 100
        if percent > 0, percent < 0.1 { return "under 0.1 %" }
        return Value.number((percent * 10).rounded() / 10).text + " %"
    }

    /// A size in the unit that fits.
    static func bytes(_ count: Int) -> String {
        switch count {
        case ..<1_024: "\(count) bytes"
        case ..<(1 << 20): "\(figure((Double(count) / 1_024 * 10).rounded() / 10)) KiB"
        default: "\(figure((Double(count) / Double(1 << 20) * 10).rounded() / 10)) MiB"
        }
    }
}
