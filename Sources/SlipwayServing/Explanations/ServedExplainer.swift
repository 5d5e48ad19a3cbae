import SlipwayData
import SlipwayModel
import Synchronization

/// The explainer of a served version, made when it is first asked for.
///
/// Most servers are never asked for one, and making it reads the package and predicts its examples.
final class ServedExplainer: Sendable {
    /// Makes an explainer of a package and its loaded model.
    typealias Maker = @Sendable (Package, Model) throws -> any Explainer

    /// The most requests that are explained at the same time, over all models.
    static let concurrencyMax = 4

    private let lane: WorkLane<[[Value]], [Explanation]>
    private let source: Source

    /// Remembers where the package lies.
    ///
    /// - Parameters:
    ///   - maker: `nil` for a server that explains nothing.
    ///   - waitingCountMax: The most requests that wait for explanations or are being explained.
    init(_ package: Package, of model: Model, maker: Maker?, waitingCountMax: Int) {
        let source = Source(maker: maker, model: model, folder: package.folder, digest: package.digest)
        self.source = source
        lane = WorkLane("explanations", countMax: waitingCountMax) { calls in
            calls.map { rows in Result { () throws(ServingError) in try source.explain(rows) } }
        }
    }

    /// Makes sure that there is an explainer.
    ///
    /// What cannot be explained is not tried again, for a version never changes; a package that cannot be read is.
    ///
    /// - Throws: ``ServingError``: `notExplainable` for a model that has nothing to compare with, `busy` when too many
    ///   requests wait, `deadlineExceeded` at the deadline.
    func prepare(until deadline: ContinuousClock.Instant?, on pool: WorkPool) async throws(ServingError) {
        _ = try await lane.run([], until: deadline, on: pool)
    }

    /// How the version is explained; blocks its thread while the explainer is made.
    ///
    /// - Throws: ``ServingError`` of kind `notExplainable` for a model that has nothing to compare with.
    func method() throws(ServingError) -> Explanation.Method { try source.explainer().method }

    /// Explains rows on a thread of a pool.
    func explain(
        _ rows: [[Value]], until deadline: ContinuousClock.Instant?, on pool: WorkPool
    ) async throws(ServingError) -> [Explanation] {
        try await lane.run(rows, until: deadline, on: pool)
    }

    /// Where the explainer comes from; its calls block their thread.
    private final class Source: Sendable {
        private let maker: Maker?
        private let model: Model
        private let folder: String
        private let digest: SHA256Digest
        private let state = Mutex<Result<any Explainer, ServingError>?>(nil)

        init(maker: Maker?, model: Model, folder: String, digest: SHA256Digest) {
            self.maker = maker
            self.model = model
            self.folder = folder
            self.digest = digest
        }

        func explain(_ rows: [[Value]]) throws(ServingError) -> [Explanation] {
            let explainer = try explainer()
            guard !rows.isEmpty else { return [] }
            do {
                return try explainer.explain(rows)
            } catch {
                throw ServingError(error)
            }
        }

        func explainer() throws(ServingError) -> any Explainer {
            let result = state.withLock { state -> Result<any Explainer, ServingError> in
                if let state { return state }
                let made = make()
                switch made {
                case .success: state = made
                case .failure(let error) where error.kind == .notExplainable: state = made
                case .failure: break
                }
                return made
            }
            return try result.get()
        }

        private func make() -> Result<any Explainer, ServingError> {
            guard let maker else {
                return .failure(ServingError(.notExplainable, "this server explains no predictions"))
            }
            do {
                return .success(try maker(Package(at: folder, expecting: digest), model))
            } catch let error as ModelError where error.kind == .unsupportedModel {
                return .failure(ServingError(.notExplainable, error.message, hint: error.hint))
            } catch {
                return .failure(ServingError(error))
            }
        }
    }
}
