import SlipwayData
import SlipwayModel
import Synchronization

/// The explainer of a served version, made when it is first asked for.
///
/// Most servers are never asked for one, and making it reads the package and predicts its examples.
final class ServedExplainer: Sendable {
    /// Makes an explainer of a package and its loaded model.
    typealias Maker = @Sendable (Package, Model) throws -> any Explainer

    private let maker: Maker?
    private let folder: String
    private let digest: SHA256Digest
    private let state = Mutex<Result<any Explainer, ServingError>?>(nil)

    /// Remembers where the package lies.
    ///
    /// - Parameter maker: `nil` for a server that explains nothing.
    init(_ package: Package, maker: Maker?) {
        self.maker = maker
        folder = package.folder
        digest = package.digest
    }

    /// The explainer; blocks its thread while it is made.
    ///
    /// What cannot be explained is not tried again, for a version never changes; a package that cannot be read is.
    ///
    /// - Throws: ``ServingError`` of kind `notExplainable` for a model that has nothing to compare with.
    func explainer(of model: Model) throws(ServingError) -> any Explainer {
        let result = state.withLock { state -> Result<any Explainer, ServingError> in
            if let state { return state }
            let made = make(model)
            switch made {
            case .success: state = made
            case .failure(let error) where error.kind == .notExplainable: state = made
            case .failure: break
            }
            return made
        }
        return try result.get()
    }

    private func make(_ model: Model) -> Result<any Explainer, ServingError> {
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
