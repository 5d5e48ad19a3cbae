@testable import SlipwayEngines

/// The text of `docs/operators.md`, made from the catalog so that it cannot promise what is not there.
enum OperatorsPage {
    static var text: String {
        let entries = OperatorCatalog.families.joined()
        let sections = [
            ("Standard operators (`ai.onnx`)", OperatorCatalog.Domain.standard),
            ("Classic machine learning (`ai.onnx.ml`)", .machineLearning),
            ("Additions of ONNX Runtime (`com.microsoft`)", .runtime),
        ].map { title, domain in
            section(title, entries.filter { $0.domain == domain }.sorted { $0.name < $1.name })
        }
        return introduction(count: entries.count) + sections.joined()
    }

    private static func introduction(count: Int) -> String {
        """
        # Operators

        The native engine runs a model when it covers every one of its nodes; any other model goes to ONNX Runtime, and
        `slipway model show MODEL` names the nodes that stand against it. These \(count) operators are covered, each in
        the versions of its operator set given here.

        Tensors hold `float`, `double`, `int32`, `int64`, `bool` and `string`. `float16` and the other whole numbers are
        kept in the next wider form and rounded, or wrapped around, after every operator; of `uint64` only what fits
        into `int64` is held. `bfloat16`, the 8-bit and 4-bit floats, complex numbers, sequences, optionals and sparse
        tensors are declined, and so are functions that a model defines for itself.

        Answers are those of ONNX Runtime where it and the ONNX specification differ: `Cast` writes floats as text with
        eight significant digits. Of `ReduceMax` and `ReduceMin` with NaN among the elements the answer is NaN, as the
        specification and NumPy have it, where that of ONNX Runtime depends on the place of the NaN.

        This page is written by `SLIPWAY_UPDATE_PAGES=1 dev/test --filter OperatorsPage`, and a test compares it with the
        catalog.

        """
    }

    private static func section(_ title: String, _ entries: [OperatorCatalog.Entry]) -> String {
        let rows = entries.map { entry in
            "| \(entry.name) | \(entry.versions.lowerBound) to \(entry.versions.upperBound) | \(entry.limits) |\n"
        }
        return "\n## \(title)\n\n| Operator | Versions | Declined |\n|---|---|---|\n" + rows.joined()
    }
}
