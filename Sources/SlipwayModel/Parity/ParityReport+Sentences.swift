import SlipwayData

extension ParityReport {
    /// The report in one sentence.
    public var sentence: String {
        if let disagreement { return disagreement.sentence }
        let rows =
            "\(CountText.text(goldenRowCount + edgeRowCount)) rows, \(CountText.text(edgeRowCount)) of them at the edges "
            + "(\(CountText.text(boundaryCount)) boundaries)"
        let shortened = isShortened ? "; no more, since the model is slow" : ""
        let compared = pairs.map { pair in
            "\(pair.engines.joined(separator: " and ")) differ by at most \(Self.text(pair.largestDifference))"
        }
        let rounding =
            "; \(CountText.text(roundingCount)) rows differ by rounding at a boundary or in a sum that cancels"
        let rounded = roundingCount == 0 ? "" : rounding
        let refused = refusable.map {
            "; \(CountText.text(refusableCount)) rows that the signature refuses are answered differently, as \($0)"
        }
        return "\(rows): \(compared.joined(separator: ", "))\(shortened)\(rounded)\(refused ?? "")"
    }

    /// A difference in two digits.
    static func text(_ difference: Double) -> String {
        guard difference.isFinite else { return "an answer to none" }
        guard difference > 0 else { return "0" }
        var (scaled, exponent) = (difference, 0)
        while scaled < 1 { (scaled, exponent) = (scaled * 10, exponent - 1) }
        while scaled >= 10 { (scaled, exponent) = (scaled / 10, exponent + 1) }
        return "\((scaled * 10).rounded() / 10)e\(exponent)"
    }
}

extension ParityReport.Disagreement {
    /// The disagreement in one sentence.
    var sentence: String {
        let answers = zip(engines, answers).map { "\($0) says \($1)" }.joined(separator: ", ")
        let place = node.map { "; they part at \($0)" } ?? ""
        return "'\(output)' of \(row): \(answers)\(place)"
    }
}
