import Testing

@testable import SlipwayONNXRuntime

struct RuntimeMessageTests {
    @Test func placesInTheSourceOfTheLibraryAreCut() {
        let message = RuntimeMessage(
            """
            Load failed: /src/core/graph/model.cc:340 lib::Model::Model(lib::Proto&&, const lib::Path&, \
            const lib::Registry<int>*) The operator 'Loop' is unknown.
             Status: /src/include/tensor.h:12 const T* lib::Tensor::Data() const [float] wanted int64.
            """)
        #expect(
            message.text == "ONNX Runtime refused: Load failed: The operator 'Loop' is unknown. "
                + "Status: [float] wanted int64.")
        #expect(message.hint == nil)
    }

    @Test(arguments: [
        "Got invalid dimensions for input: X (index: 2) at ratio 3:4",
        "Name:'knn' Status Message: Y[59] (-1) must be in [0, 200)", "", "::", ")",
    ])
    func otherTextsStayAsTheyAre(text: String) {
        #expect(RuntimeMessage(text).text == "ONNX Runtime refused: \(text)")
    }

    @Test(arguments: ["/a.cc:1", "/a.cc:1 (", "/a.cc:1 x::f(", "/a.cc:1 x::f)"])
    func textsThatEndEarlyAreCutNoFurther(text: String) {
        #expect(!RuntimeMessage(text).text.contains("a.cc"))
    }

    @Test func aMissingLocaleComesWithTheWayToInstallIt() {
        let message = RuntimeMessage(
            "Exception during initialization: /src/nn/string_normalizer.cc:105 lib::Locale::Locale(const string&) "
                + "Failed to construct locale with name:en_US.UTF-8:locale::facet not valid:Please, install it")
        #expect(message.text.contains("the locale en_US.UTF-8"))
        #expect(!message.text.contains("string_normalizer"))
        #expect(message.hint == "Install the package locales and generate en_US.UTF-8.")
    }

    @Test func longTextsAreCut() {
        #expect(RuntimeMessage(String(repeating: "word ", count: 10_000)).text.count < 500)
    }
}
