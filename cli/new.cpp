// `proviso new DIR`: a set of rules to go on from, small or one of the packs of policies/.
//
// What it writes is part of the program (cli/packs.cmake), and not looked for where the program is
// installed: a set that decides about people's money should be the one that the program was built
// and tested with, wherever it was copied to and whoever may write into the folders beside it. It
// costs 1.6 MB. Covered by tests/cli/new_test.py.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/new_folder.h"
#include "cli/packs.h"
#include "cli/policy_line.h"
#include "cli/text.h"
#include "simulator/text/words.h"

namespace proviso::cli {
namespace {

namespace fs = std::filesystem;

struct NewCommand {
    std::string folder;
    std::string pack;
    std::string name;
    CLI::Option* pack_given = nullptr;
    CLI::Option* name_given = nullptr;
    bool list = false;
};

/// "# Support: an assistant at a customer desk" of the pack's README, after the colon.
std::string_view about(std::string_view readme) {
    const std::string_view title = readme.substr(0, readme.find('\n'));
    const std::size_t colon = title.find(": ");
    return colon == std::string_view::npos ? title : title.substr(colon + 2);
}

struct Pack {
    std::string_view name;
    std::string_view about;
};

std::vector<Pack> known_packs() {
    std::vector<Pack> packs;
    for (const PackFile& file : pack_files()) {
        if (file.path == "README.md") packs.push_back({file.pack, about(file.bytes)});
    }
    return packs;
}

std::string list_text() {
    const std::vector<Pack> packs = known_packs();
    std::size_t width = 0;
    for (const Pack& pack : packs) width = std::max(width, cells(pack.name));
    std::string text;
    for (const Pack& pack : packs) {
        if (!text.empty()) text += '\n';
        text += fmt::format("  {}  {}", pad(pack.name, width), pack.about);
    }
    return text;
}

void require_pack(const std::string& name) {
    std::vector<std::string_view> names;
    for (const Pack& pack : known_packs()) names.push_back(pack.name);
    if (std::ranges::find(names, name) != names.end()) return;
    const std::string_view near = simulator::nearest(name, names);
    const std::string meant = near.empty() ? "." : fmt::format("; did you mean `{}`?", near);
    fail(fmt::format("there is no pack `{}`{} There are\n{}", visible(name), meant, list_text()),
         "name one of them, or leave --pack out");
}

std::string name_of_folder(const std::string& folder) {
    fs::path path = fs::absolute(folder).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    return policy_name_from(path.filename().string(), "policy_");
}

/// As the policy line is to say it; empty where a pack keeps its own.
std::string written_name(const NewCommand& options) {
    if (options.name_given->count() == 0 && options.pack_given->count() > 0) return "";
    const std::string name =
        options.name_given->count() > 0 ? options.name : name_of_folder(options.folder);
    const auto written = written_policy_name(name);
    if (!written) {
        fail(fmt::format("`{}` is no name of a policy", visible(name)),
             "letters, digits and `_` make words, and `.` joins them: acme.support");
    }
    return *written;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// A word of a command that a shell reads as it is.
std::string shell_word(std::string text) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+:@%=,";
    if (text.starts_with('-')) text.insert(0, "./");
    if (text.find_first_not_of(plain) == std::string::npos) return text;
    replace_all(text, "'", R"('\'')");
    return "'" + text + "'";
}

/// Puts another name into `policy NAME version "V"`, with which each file begins.
void rename_policy(std::string& rules, const std::string& written) {
    constexpr std::string_view before = "policy ";
    const std::size_t end = rules.find(" version ");
    rules.replace(before.size(), end - before.size(), written);
}

std::string inside(const std::string& folder, std::string_view path) {
    return shell_word((fs::path(folder) / path).string());
}

class New {
  public:
    New(Context& context, const NewCommand& options) : context_(context), options_(options) {}

    ExitCode run() {
        if (options_.list) {
            context_.out.line(list_text());
            return ExitCode::ok;
        }
        if (options_.folder.empty()) fail("DIR is required", "see proviso new --help");
        if (options_.pack_given->count() > 0) require_pack(options_.pack);
        const std::vector<NewFile> files = make(written_name(options_));
        write_new_folder(options_.folder, files);
        tell(files);
        return ExitCode::ok;
    }

  private:
    std::vector<NewFile> make(const std::string& written) const {
        const bool from_pack = options_.pack_given->count() > 0;
        const std::string_view pack = from_pack ? std::string_view(options_.pack) : starter_pack;
        std::vector<NewFile> files;
        for (const PackFile& file : pack_files()) {
            if (file.pack != pack) continue;
            std::string bytes(file.bytes);
            if (file.path.ends_with(".proviso") && !written.empty()) rename_policy(bytes, written);
            if (file.path == "README.md") point_here(bytes);
            files.push_back({std::string(file.path), std::move(bytes)});
        }
        return files;
    }

    /// The commands of a pack's README name the folder that it was copied from.
    void point_here(std::string& readme) const {
        const std::string here = shell_word(fs::path(options_.folder).string());
        replace_all(readme, "policies/" + options_.pack, here);
    }

    void tell(const std::vector<NewFile>& files) {
        const std::string folder = shell_word(options_.folder);
        Output& out = context_.out;
        out.line(fmt::format("{}: {}", visible(options_.folder), counted(files.size(), "file")));
        out.line();
        out.line("Next:");
        out.line(visible(fmt::format("  proviso check {}", folder)));
        out.line(visible(fmt::format("  proviso test {}", folder)));
        for (const NewFile& file : files) tell_use(file.path, folder);
    }

    void tell_use(const std::string& path, const std::string& folder) {
        const std::string file = inside(options_.folder, path);
        if (path == "call.json") {
            context_.out.line(
                visible(fmt::format("  proviso decide --policy {} --receipt {}", folder, file)));
        }
        if (path.starts_with("demo/history.")) {
            context_.out.line(
                visible(fmt::format("  proviso simulate --policy {} --history {}", folder, file)));
        }
    }

    Context& context_;
    const NewCommand& options_;
};

}  // namespace

void add_new(CLI::App& root, Context& context) {
    CLI::App& command = add_command(root, context, "new", "Writes a set of rules to go on from",
                                    "  proviso new my-agent\n"
                                    "  proviso new policies/desk --pack support --name acme.desk\n"
                                    "  proviso new --list");
    const auto options = std::make_shared<NewCommand>();
    add_value(command, "dir", options->folder, "DIR", "the folder to make, or an empty one");
    options->pack_given = add_value(command, "--pack", options->pack, "PACK",
                                    "a copy of this pack; left out: a small first set");
    options->name_given = add_value(command, "--name", options->name, "POLICY",
                                    "of the policy line; left out: DIR's own, or the pack's");
    command.add_flag("--list", options->list, "lists the packs, and writes nothing");
    runs(command, context, {}, [&context, options] { return New(context, *options).run(); });
}

}  // namespace proviso::cli
