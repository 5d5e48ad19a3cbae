import Hummingbird
import SlipwayServing

/// The handlers of one server, from which each route of the table takes its own.
struct RouteHandlers: Sendable {
    let predictions: PredictionRoutes
    let models: ModelRoutes
    let challengers: ChallengerRoutes
    let inference: InferenceProtocolRoutes
    let repository: RepositoryRoutes
    let mlflow: MLflowRoutes
    let tensorflow: TensorFlowRoutes
    let operations: OperationsRoutes
    let docs: DocsRoutes

    /// Makes the handlers of a server.
    ///
    /// - Parameter isSecure: Whether callers use https.
    init(_ core: ServingCore, swaggerUI: SwaggerUI, isSecure: Bool) {
        let (service, serverVersion) = (core.service, core.serverVersion)
        predictions = PredictionRoutes(service: service)
        models = ModelRoutes(service: service)
        challengers = ChallengerRoutes(service: service)
        inference = InferenceProtocolRoutes(service: service, serverVersion: serverVersion)
        repository = RepositoryRoutes(service: service)
        mlflow = MLflowRoutes(service: service, serverVersion: serverVersion)
        tensorflow = TensorFlowRoutes(service: service)
        operations = OperationsRoutes(service: service, serverVersion: serverVersion)
        docs = DocsRoutes(
            service: service, serverVersion: serverVersion, gatekeeper: core.gatekeeper, assets: DocsAssets(swaggerUI),
            isSecure: isSecure)
    }

    /// Lets a router answer every route of the table, and no other.
    func add(to router: Router<ServingContext>) {
        for route in ServedRoute.all {
            router.on(RouterPath(route.path), method: route.method, use: route.handler(self))
        }
    }
}
