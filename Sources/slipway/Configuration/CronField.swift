/// One of the five fields of a cron expression: its bounds and the names that stand for numbers.
struct CronField {
    /// The longest field, in characters.
    static let lengthMax = 200

    /// What the field counts.
    let noun: String
    /// The numbers allowed.
    let range: ClosedRange<Int>
    /// Names for the numbers from the lower bound on.
    var names: [String] = []

    /// The minute of the hour.
    static let minute = CronField(noun: "minute", range: 0...59)
    /// The hour of the day.
    static let hour = CronField(noun: "hour", range: 0...23)
    /// The day of the month.
    static let dayOfMonth = CronField(noun: "day of the month", range: 1...31)
    /// The month.
    static let month = CronField(
        noun: "month", range: 1...12,
        names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
    /// The day of the week; 0 and 7 are both Sunday.
    static let dayOfWeek = CronField(
        noun: "day of the week", range: 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])

    /// The numbers that a field's text stands for; never empty.
    func values(in text: Substring) throws(CronSchedule.Fault) -> Set<Int> {
        guard text.count <= Self.lengthMax else {
            throw CronSchedule.Fault(reason: "the \(noun) is longer than \(Self.lengthMax) characters")
        }
        var values: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            values.formUnion(try partValues(part))
        }
        return values
    }

    private func partValues(_ part: Substring) throws(CronSchedule.Fault) -> [Int] {
        let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
        guard let span = pieces.first, pieces.count <= 2 else { throw fault(part) }
        var step = 1
        if pieces.count == 2 {
            guard let number = Int(pieces[1]), number >= 1, number <= range.upperBound else {
                throw CronSchedule.Fault(
                    reason: "the step in \(noun) \(Quotation.quoted(String(part))) must be 1 to \(range.upperBound)")
            }
            step = number
        }
        let bounds = try bounds(of: span, hasStep: pieces.count == 2)
        return Array(stride(from: bounds.lowerBound, through: bounds.upperBound, by: step))
    }

    private func bounds(of span: Substring, hasStep: Bool) throws(CronSchedule.Fault) -> ClosedRange<Int> {
        if span == "*" { return range }
        let ends = span.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = ends.first, ends.count <= 2 else { throw fault(span) }
        let lower = try number(first)
        guard ends.count == 2 else { return lower...(hasStep ? range.upperBound : lower) }
        let upper = try number(ends[1])
        guard lower <= upper else {
            throw CronSchedule.Fault(reason: "the \(noun) range \(Quotation.quoted(String(span))) runs backwards")
        }
        return lower...upper
    }

    private func number(_ text: Substring) throws(CronSchedule.Fault) -> Int {
        if let index = names.firstIndex(of: text.lowercased()) { return range.lowerBound + index }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), range.contains(number)
        else { throw fault(text) }
        return number
    }

    private func fault(_ text: Substring) -> CronSchedule.Fault {
        CronSchedule.Fault(
            reason: "\(noun) \(Quotation.quoted(String(text))) is not \(range.lowerBound) to \(range.upperBound)")
    }
}
