#include "bench/harness.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::uint64_t> allocation_count{0};

void* counted(std::size_t size) {
    allocation_count.fetch_add(1, std::memory_order_relaxed);
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}
}  // namespace

// The standard's own replaceable functions: everything that allocates in this process is counted.
void* operator new(std::size_t size) {
    return counted(size);
}
void* operator new[](std::size_t size) {
    return counted(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace proviso::bench {

namespace {

using Clock = std::chrono::steady_clock;

double nanoseconds(const std::function<void()>& work) {
    const auto begin = Clock::now();
    work();
    return std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
}

double median(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

}  // namespace

Pair time_pair(std::uint64_t units, const std::function<void()>& ours,
               const std::function<void()>& theirs, double seconds) {
    return time_prepared(
        units, [] {}, ours, theirs, seconds);
}

Pair time_prepared(std::uint64_t units, const std::function<void()>& prepare,
                   const std::function<void()>& ours, const std::function<void()>& theirs,
                   double seconds) {
    prepare();
    ours();
    theirs();
    std::vector<double> ours_times;
    std::vector<double> theirs_times;
    double spent = 0;
    while (spent < seconds * 1e9 || ours_times.size() < 5) {
        prepare();
        ours_times.push_back(nanoseconds(ours));
        theirs_times.push_back(nanoseconds(theirs));
        spent += ours_times.back() + theirs_times.back();
    }
    const auto each = static_cast<double>(units);
    return {median(ours_times) / each, median(theirs_times) / each};
}

std::uint64_t allocations() {
    return allocation_count.load(std::memory_order_relaxed);
}

void Report::at_most(const std::string& name, double figure, double target,
                     const std::string& detail) {
    figures_.push_back(
        {name + "  (" + detail + ")", number(figure), "<= " + number(target), figure <= target});
}

void Report::at_least(const std::string& name, double figure, double target,
                      const std::string& detail) {
    figures_.push_back(
        {name + "  (" + detail + ")", number(figure), ">= " + number(target), figure >= target});
}

void Report::wrong(const std::string& name, const std::string& what) {
    figures_.push_back({name + "  (" + what + ")", "wrong", "right", false});
}

bool Report::print() const {
    bool all = true;
    std::size_t width = 0;
    for (const Figure& one : figures_) width = std::max(width, one.name.size());
    for (const Figure& one : figures_) {
        std::printf("%-*s  %10s  %10s  %s\n", static_cast<int>(width), one.name.c_str(),
                    one.figure.c_str(), one.target.c_str(), one.met ? "met" : "missed");
        all = all && one.met;
    }
    return all;
}

}  // namespace proviso::bench
