extension ExecutionPlan {
    /// Leaves out steps of whose outputs nobody reads any.
    mutating func leaveOutUnread() {
        var read = Set(results.compactMap(\.value.number))
        var kept: [Step] = []
        for step in steps.reversed() where step.outputs.contains(where: { $0.map(read.contains) ?? false }) {
            kept.append(step)
            read.formUnion(step.inputs.compactMap(\.number))
        }
        steps = kept.reversed()
    }

    /// Marks after which step each value can be dropped, and forgets outputs that nobody reads.
    mutating func releaseAfterLastUse() {
        var seen = Set(results.compactMap(\.value.number))
        for index in steps.indices.reversed() {
            steps[index].outputs = steps[index].outputs.map { number in
                number.flatMap { seen.contains($0) ? $0 : nil }
            }
            let read = Set(steps[index].inputs.compactMap(\.number)).subtracting(seen)
            steps[index].released = read.sorted()
            seen.formUnion(read)
        }
    }

    /// Keeps constants in the form in which a run reads them fastest.
    mutating func prepareConstants() {
        for index in steps.indices { steps[index].prepareConstants() }
    }
}
