extension ExecutionPlan {
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
}
