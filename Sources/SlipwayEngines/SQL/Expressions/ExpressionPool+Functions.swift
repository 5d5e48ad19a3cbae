import Foundation

extension ExpressionPool {
    /// The arguments between which `exp` neither overflows nor underflows in any database.
    private static let exponentRange = -700.0...709.0

    /// `eˣ`: zero and infinity where a double has no other value.
    mutating func exponential(_ operand: ExpressionID) -> ExpressionID {
        let low = comparison(.less, operand, number(Self.exponentRange.lowerBound))
        let high = comparison(.greater, operand, number(Self.exponentRange.upperBound))
        return cases(
            [(low, number(0)), (high, number(.infinity))], otherwise: function(.exponential, operand, Foundation.exp))
    }

    /// `eˣ` of a number that is never positive.
    mutating func exponential(ofNonPositive operand: ExpressionID) -> ExpressionID {
        var known = facts(of: operand)
        known.mayBeInfinite = false
        known.isSingle = false
        let low = comparison(.less, operand, number(Self.exponentRange.lowerBound))
        if let value = constant(operand) { return number(Foundation.exp(value)) }
        return choose(low, number(0), intern(.function(.exponential, operand), known))
    }

    /// The natural logarithm: -∞ of zero, nothing of what is below.
    mutating func logarithm(_ operand: ExpressionID) -> ExpressionID {
        let zero = number(0)
        return cases(
            [
                (comparison(.greater, operand, zero), function(.logarithm, operand, Foundation.log)),
                (comparison(.equal, operand, zero), number(-.infinity)),
            ],
            otherwise: missing(.number))
    }

    /// The square root; nothing of what is below zero.
    mutating func squareRoot(_ operand: ExpressionID) -> ExpressionID {
        choose(
            comparison(.greaterOrEqual, operand, number(0)), function(.squareRoot, operand) { $0.squareRoot() },
            missing(.number))
    }

    /// `1 / (1 + e⁻ˣ)`, by way of `e^-|x|`, which never overflows.
    mutating func logistic(_ operand: ExpressionID) -> ExpressionID {
        let decay = exponential(ofNonPositive: negative(absolute(operand)))
        let total = sum([number(1), decay])
        return choose(
            comparison(.greaterOrEqual, operand, number(0)), quotient(number(1), byNonZero: total),
            quotient(decay, byNonZero: total))
    }

    /// The number with the opposite sign.
    mutating func negative(_ operand: ExpressionID) -> ExpressionID {
        product(operand, number(-1))
    }

    /// The number without its sign.
    mutating func absolute(_ operand: ExpressionID) -> ExpressionID {
        if case .binary(.multiply, let x, let factor) = self[operand], constant(factor) == -1 { return absolute(x) }
        return function(.absolute, operand) { $0.magnitude }
    }

    /// The nearest whole number, of two equally near ones the even one; databases differ in what they do there.
    mutating func roundedToEven(_ operand: ExpressionID) -> ExpressionID {
        let below = function(.floor, operand) { $0.rounded(.down) }
        let above = sum([below, number(1)])
        let rest = difference(operand, below)
        let half = function(.floor, product(below, number(0.5))) { $0.rounded(.down) }
        let isEven = comparison(.equal, product(half, number(2)), below)
        let isBelow = comparison(.less, rest, number(0.5))
        let isAbove = comparison(.greater, rest, number(0.5))
        return cases([(isBelow, below), (isAbove, above), (isEven, below)], otherwise: above)
    }

    /// A power with a constant exponent: products for small whole ones, else by way of the logarithm.
    mutating func power(_ base: ExpressionID, _ exponent: Double) -> ExpressionID {
        if exponent == 0 { return number(1) }
        if exponent < 0 { return quotient(number(1), power(base, -exponent)) }
        if exponent == exponent.rounded(), exponent <= 16 {
            return power(base, exponent: Int(exponent))
        }
        if exponent == 0.5 { return squareRoot(base) }
        let zero = number(0)
        let general = exponential(product(logarithm(base), number(exponent)))
        return cases(
            [(comparison(.greater, base, zero), general), (comparison(.equal, base, zero), zero)],
            otherwise: missing(.number))
    }

    private mutating func power(_ base: ExpressionID, exponent: Int) -> ExpressionID {
        guard exponent > 1 else { return base }
        let half = power(base, exponent: exponent / 2)
        let square = product(half, half)
        return exponent.isMultiple(of: 2) ? square : product(square, base)
    }

    /// The shares of `eˣ` in their sum.
    mutating func softmax(_ scores: [ExpressionID]) -> [ExpressionID] {
        let highest = extreme(ofPresent: scores, isLargest: true)
        let shares = scores.map { exponential(ofNonPositive: difference($0, highest)) }
        let total = sum(shares)
        return shares.map { quotient($0, byNonZero: total) }
    }

    /// A softmax that leaves scores of zero at zero.
    mutating func softmaxZero(_ scores: [ExpressionID]) -> [ExpressionID] {
        let highest = extreme(ofPresent: scores, isLargest: true)
        // The scale is only used for scores next to zero, and none of them is above the highest.
        let isBelowZero = comparison(.less, highest, number(0))
        let scale = exponential(ofNonPositive: choose(isBelowZero, number(0), negative(highest)))
        let nearZero = number(Double(Float(0.0000001)))
        var counted: [ExpressionID] = []
        let shares = scores.map { score in
            let isFar = comparison(.greater, absolute(score), nearZero)
            let share = exponential(ofNonPositive: difference(score, highest))
            counted.append(choose(isFar, share, number(0)))
            return choose(isFar, share, product(score, scale))
        }
        let total = sum(counted)
        return shares.map { quotient($0, total) }
    }

    /// The inverse of the normal distribution, in the steps and the precision of ``PostTransform/probit(_:)``.
    ///
    /// Differences of near numbers magnify what single precision leaves out, so each step is rounded as it is there.
    mutating func probit(_ value: ExpressionID) -> ExpressionID {
        let one = number(1)
        let argument = rounded(difference(rounded(product(value, number(2))), one))
        let (below, above) = (rounded(difference(one, argument)), rounded(sum([one, argument])))
        let logarithm = rounded(logarithm(rounded(product(below, above))))
        let constant = number(Double(Float(2 / (3.14159 * 0.147))))
        let first = rounded(sum([constant, rounded(product(logarithm, number(0.5)))]))
        let second = rounded(product(logarithm, number(Double(Float(1 / 0.147)))))
        let inner = rounded(squareRoot(rounded(difference(rounded(product(first, first)), second))))
        let outer = rounded(squareRoot(rounded(difference(inner, first))))
        let root = product(outer, number(Double(Float(1.41421356))))
        decide(on: outer)
        return choose(comparison(.less, argument, number(0)), negative(root), root)
    }

    /// The place of the extreme among several numbers, of equal ones the first, or the last on request.
    mutating func extremeIndex(
        of scores: [ExpressionID], isLargest: Bool, prefersLast: Bool = false
    ) -> ExpressionID {
        let order = prefersLast ? Array(scores.indices.reversed()) : Array(scores.indices)
        guard let first = scores.first, let last = order.last else { return whole(0) }
        let best = extreme(ofPresent: scores, isLargest: isLargest)
        // The kernel starts from the first score and nothing is better than one that is no number.
        var branches = [(condition: isMissing(first), value: whole(0))]
        for index in order.dropLast() {
            branches.append((comparison(.equal, scores[index], best), whole(Int64(index))))
        }
        return cases(branches, otherwise: whole(Int64(last)))
    }
}
