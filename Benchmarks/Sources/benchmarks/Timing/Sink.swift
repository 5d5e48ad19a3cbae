/// Where answers go, so that the compiler cannot leave out what computes them.
enum Sink {
    /// Takes an answer.
    @inline(never) static func take(_ answer: Double) {}
}
