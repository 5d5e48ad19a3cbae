import Testing

@testable import SlipwayLoad

struct LoadScheduleTests {
    @Test func requestsAreEvenlyApartAndErrorsDoNotAddUp() {
        let schedule = LoadSchedule(LoadPlan(rate: 300, duration: .seconds(3_600)), start: 1_000)
        #expect(schedule.count == 1_080_000)
        #expect(schedule.due(0) == 1_000)
        #expect(schedule.due(300) == 1_000_001_000)
        #expect(schedule.due(900_000) == 3_000_000_001_000)
    }

    @Test(arguments: [1, 2, 7])
    func workersShareAllRequestsOfAPlan(stride: Int) {
        let plan = LoadPlan(rate: 1_000, duration: .milliseconds(100))
        let all = LoadSchedule(plan, start: 5)
        let shares = (0..<stride).map { LoadSchedule(plan, start: 5, first: $0, stride: stride) }
        let due = shares.flatMap { share in (0..<share.count).map(share.due) }
        #expect(due.sorted() == (0..<all.count).map(all.due))
    }

    @Test func moreWorkersThanRequestsHaveNothingToDo() {
        let plan = LoadPlan(rate: 1, duration: .seconds(2))
        #expect(LoadSchedule(plan, start: 0, first: 3, stride: 4).count == 0)
    }
}
