import SlipwayData
import SlipwayModel

/// Writes the lines of the prediction log for one version of a model, straight from cells and tensors.
///
/// The lines are those that ``PredictionRecord`` reads; what all of them have in common is spelled once.
package struct PredictionLineWriter: Sendable {
    /// An input that is logged.
    private struct Input {
        var name: String
        /// Where its cell is in a row.
        var index: Int
        /// The name as it is written, such as `"tenure":`.
        var spelling: [UInt8]
        var policy: PrivacyPolicy?
    }

    /// An output of the answers at hand.
    private struct Output {
        var tensor: Tensor
        var width: Int
        /// The name as it is written, such as `"label":`.
        var spelling: [UInt8]
    }

    /// The most bytes of a line besides names and values: checksum, punctuation, ids, times, and counts.
    private static let frameByteCountMax = 384

    /// The bytes of `,"trace":`.
    private static let traceNameByteCount = 9

    private let privacy: InputPrivacy
    private let inputs: [Input]
    /// What follows the time: `","model":"churn","version":3`.
    private let subject: [UInt8]
    private let outputSpellings: [String: [UInt8]]
    private let hidesInputs: Bool

    /// Spells the names of a version.
    ///
    /// - Parameters:
    ///   - inputs: The names of the signature's inputs in their order.
    ///   - outputs: The names of the signature's outputs.
    package init(
        model: String, version: Int, inputs: [String], outputs: [String], privacy: InputPrivacy = InputPrivacy()
    ) {
        self.privacy = privacy
        outputSpellings = Dictionary(outputs.map { ($0, Self.spelled($0)) }) { $1 }
        self.inputs = inputs.enumerated().filter { !privacy.leavesOut($1) }.map {
            Input(name: $1, index: $0, spelling: Self.spelled($1), policy: privacy.policies[$1])
        }
        hidesInputs = self.inputs.contains { $0.policy != nil }
        var subject = Array("\",\"model\":".utf8)
        JSONText.write(model, into: &subject)
        subject += Array(",\"version\":".utf8)
        JSONText.write(Int64(version), into: &subject)
        self.subject = subject
    }

    /// Whether what is logged of some input depends on whether the serving store gave it.
    package var asksWhatWasStored: Bool {
        inputs.contains { $0.policy == .hash && privacy.hashedWhenStored.contains($0.name) }
    }

    /// The lines of answered rows.
    ///
    /// - Parameter ids: The id of each row.
    /// - Throws: ``LogError`` of kind `limitExceeded` for a row that is too long to be kept.
    /// - Complexity: O(bytes of the lines).
    package func lines(of answered: AnsweredRows, ids: [PredictionID]) throws(LogError) -> SegmentLines {
        let rows = hidesInputs ? answered.rows.indices.map { hidden(answered, row: $0) } : answered.rows
        let outputs = answered.batch.outputs.map {
            Output(
                tensor: $0.tensor, width: $0.tensor.width,
                spelling: outputSpellings[$0.name] ?? Self.spelled($0.name))
        }
        let byteCountMax = byteCountMax(of: rows, outputs, keys: answered.keys, trace: answered.trace)
        var failure: LogError?
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCountMax) { memory, count in
            var cursor = LineCursor(memory)
            for (row, id) in ids.enumerated() where failure == nil {
                let start = cursor.count
                _ = cursor.take(SegmentLine.prefixLength)
                writeHead(answered, row: row, id: id, to: &cursor)
                writeInputs(rows[row], to: &cursor)
                Self.writeOutputs(outputs, row: row, to: &cursor)
                Self.writeTail(answered, row: row, to: &cursor)
                failure = SegmentLine.seal(UnsafeMutableRawBufferPointer(rebasing: cursor.written[start...]))
                cursor.write(SegmentLine.lineFeed)
            }
            count = cursor.count
        }
        if let failure { throw failure }
        return SegmentLines(bytes: bytes, span: TimeWindow(from: answered.time, until: answered.time))
    }

    private func hidden(_ answered: AnsweredRows, row: Int) -> [Value] {
        let stored = row < answered.storedInputs.count ? answered.storedInputs[row] : []
        var cells = answered.rows[row]
        for input in inputs {
            guard let policy = input.policy else { continue }
            cells[input.index] =
                privacy.apply(policy, to: cells[input.index], of: input.name, isStored: stored.contains(input.index))
        }
        return cells
    }
}

// MARK: - Writing

extension PredictionLineWriter {
    private func writeHead(_ answered: AnsweredRows, row: Int, id: PredictionID, to line: inout LineCursor) {
        line.write(literal: "{\"id\":\"")
        id.write(to: line.take(PredictionID.textByteCount))
        line.write(literal: "\",\"time\":\"")
        answered.time.write(to: line.take(Timestamp.textByteCount))
        subject.withUnsafeBufferPointer { line.write($0) }
        if row != 0 {
            line.write(literal: ",\"row\":")
            line.write(Int64(row))
        }
        if let trace = answered.trace {
            line.write(literal: ",\"trace\":")
            line.write(trace)
        }
        guard let key = answered.keys[row] else { return }
        line.write(literal: ",\"key\":")
        line.write(key)
    }

    private func writeInputs(_ cells: [Value], to line: inout LineCursor) {
        line.write(literal: ",\"inputs\":{")
        for (position, input) in inputs.enumerated() {
            if position > 0 { line.write(UInt8(ascii: ",")) }
            input.spelling.withUnsafeBufferPointer { line.write($0) }
            line.write(cells[input.index])
        }
        line.write(literal: "}")
    }

    private static func writeOutputs(_ outputs: [Output], row: Int, to line: inout LineCursor) {
        line.write(literal: ",\"outputs\":{")
        for (position, output) in outputs.enumerated() {
            if position > 0 { line.write(UInt8(ascii: ",")) }
            output.spelling.withUnsafeBufferPointer { line.write($0) }
            let isList = output.width != 1
            if isList { line.write(UInt8(ascii: "[")) }
            for column in 0..<output.width {
                if column > 0 { line.write(UInt8(ascii: ",")) }
                line.write(output.tensor.elements, at: row * output.width + column)
            }
            if isList { line.write(UInt8(ascii: "]")) }
        }
        line.write(literal: "}")
    }

    private static func writeTail(_ answered: AnsweredRows, row: Int, to line: inout LineCursor) {
        line.write(literal: ",\"latency_us\":")
        line.write(Int64(answered.latencyMicroseconds))
        line.write(literal: ",\"source\":")
        line.write(answered.source.rawValue)
        let circumstances = answered.circumstances
        if let role = circumstances.role {
            line.write(literal: ",\"role\":")
            line.write(role.rawValue)
        }
        if row < circumstances.pairs.count {
            line.write(literal: ",\"pair\":\"")
            circumstances.pairs[row].write(to: line.take(PredictionID.textByteCount))
            line.write(UInt8(ascii: "\""))
        }
        if circumstances.isCached { line.write(literal: ",\"cached\":true") }
        if circumstances.isPinned { line.write(literal: ",\"pinned\":true") }
        if row < circumstances.features.count, let features = circumstances.features[row] {
            line.write(literal: ",\"features\":")
            line.write(features)
        }
        line.write(UInt8(ascii: "}"))
    }

    private static func spelled(_ name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        JSONText.write(name, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        return bytes
    }
}

// MARK: - Measuring

extension PredictionLineWriter {
    /// The memory that the lines fit into, at the most bytes that each value can take.
    private func byteCountMax(of rows: [[Value]], _ outputs: [Output], keys: [String?], trace: String?) -> Int {
        let names = subject.count + inputs.reduce(0) { $0 + $1.spelling.count + 1 }
        let outputNames = outputs.reduce(0) { $0 + $1.spelling.count + 3 }
        var count = rows.count * (Self.frameByteCountMax + names + outputNames)
        count += rows.count * (trace.map { Self.byteCountMax(of: $0) + Self.traceNameByteCount } ?? 0)
        for row in rows {
            for cell in row { count += Self.byteCountMax(of: cell) }
        }
        for key in keys { count += key.map(Self.byteCountMax(of:)) ?? 0 }
        for output in outputs { count += Self.byteCountMax(of: output.tensor.elements) }
        return count
    }

    private static func byteCountMax(of text: String) -> Int {
        text.utf8.count * LineCursor.escapeByteCountMax + 2
    }

    private static func byteCountMax(of cell: Value) -> Int {
        if case .string(let text) = cell { return byteCountMax(of: text) }
        return LineCursor.numberByteCountMax
    }

    private static func byteCountMax(of elements: Tensor.Elements) -> Int {
        let separator = 1
        switch elements {
        case .float32(let array): return array.count * (LineCursor.numberByteCountMax + separator)
        case .float64(let array): return array.count * (LineCursor.numberByteCountMax + separator)
        case .int32(let array): return array.count * (LineCursor.numberByteCountMax + separator)
        case .int64(let array): return array.count * (LineCursor.numberByteCountMax + separator)
        case .bool(let array): return array.count * (LineCursor.numberByteCountMax + separator)
        case .string(let array): return array.reduce(0) { $0 + byteCountMax(of: $1) + separator }
        }
    }
}

extension LineCursor {
    /// A cell; a missing one and a number that is not finite become `null`.
    fileprivate mutating func write(_ cell: Value) {
        switch cell {
        case .missing: write(literal: "null")
        case .boolean(let truth): write(literal: truth ? "true" : "false")
        case .integer(let whole): write(whole)
        case .number(let number): write(number)
        case .string(let text): write(text)
        }
    }

    /// One element of a tensor.
    fileprivate mutating func write(_ elements: Tensor.Elements, at index: Int) {
        switch elements {
        case .float32(let array): write(array[index])
        case .float64(let array): write(array[index])
        case .int32(let array): write(Int64(array[index]))
        case .int64(let array): write(array[index])
        case .bool(let array): write(literal: array[index] ? "true" : "false")
        case .string(let array): write(array[index])
        }
    }
}
