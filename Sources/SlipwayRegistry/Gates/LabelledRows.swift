import SlipwayData
import SlipwayModel

/// The examples of a package whose outcome is known, with what a model predicts for them.
struct LabelledRows {
    /// Why there are none.
    struct Absence: Error {
        var reason: String
    }

    /// The examples, with columns that are no field of the model.
    let table: Table
    /// What came true.
    let actual: Column
    /// The predictions beside the outcomes.
    let sample: MetricSample

    /// Predicts the labelled examples of a package.
    ///
    /// - Parameter model: Makes the package's model; called when there are such rows.
    /// - Throws: ``Absence`` when there are none that count.
    init(of package: Package, model: () throws -> Model) throws(Absence) {
        guard let target = package.signature.task.target else { throw Absence(reason: "the model has no target") }
        let predicted: MetricSample?
        do {
            guard let examples = try package.examples(), let column = examples[target] else {
                throw Absence(reason: "the package has no rows with the true outcome '\(target)'")
            }
            let labelled = (0..<examples.rowCount).filter { !column[$0].isMissing }
            table = examples.selecting(rows: labelled)
            actual = column.selecting(rows: labelled)
            predicted = MetricSample(of: try model().predict(table), actual: actual)
        } catch let absence as Absence {
            throw absence
        } catch {
            throw Absence(reason: "the examples cannot be scored: \(error)")
        }
        guard let predicted else {
            throw Absence(reason: "the outcomes '\(target)' do not fit what the model predicts")
        }
        sample = predicted
    }
}
