public import SlipwayData

extension Explanation {
    /// The explanation as every face of Slipway writes it, with the strongest reasons alone.
    ///
    /// `{"method","why"?,"background","space","class"?,"base","score","rest","reasons":[{"field","value","contribution",
    /// "error"?,"text"}]}`: the base, the contributions of the reasons, and the rest, which is that of all other fields,
    /// sum to the score.
    ///
    /// - Parameters:
    ///   - count: How many reasons to give.
    ///   - signature: Where the meanings and units of the fields stand.
    ///   - hidden: The fields whose values are not told.
    public func json(
        strongest count: Int, in signature: Signature, hiding hidden: Set<String> = []
    ) -> JSONObject {
        let reasons = strongest(count)
        var members: JSONObject = [
            "method": .string(method.rawValue)
        ]
        members["why"] = why.map(JSONValue.string)
        members["background"] = .string(background.rawValue)
        members["space"] = .string(space.rawValue)
        members["class"] = explainedClass.map(JSONValue.string)
        members["base"] = .number(base)
        members["score"] = .number(score)
        let all = contributions.reduce(0) { $0 + $1.amount }
        let rest = reasons.count < contributions.count ? reasons.reduce(all) { $0 - $1.amount } : 0
        members["rest"] = .number(rest)
        members["reasons"] = .array(
            reasons.map { reason in
                let isHidden = hidden.contains(reason.field)
                var object: JSONObject = [
                    "field": .string(reason.field), "value": isHidden ? .null : JSONValue(reason.value),
                    "contribution": .number(reason.amount),
                ]
                object["error"] = reason.error.map(JSONValue.number)
                object["text"] = .string(
                    isHidden ? "\(reason.field), whose value is not shown" : sentence(for: reason, in: signature))
                return .object(object)
            })
        return members
    }
}
