// For tests: every replaceable form of `new` and `delete`, each called as such.
#ifndef AWLAB_CORE_TESTING_NEW_FORMS_HPP_
#define AWLAB_CORE_TESTING_NEW_FORMS_HPP_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

namespace awlab {

struct NewForm {
  const char* name;
  void* (*allocate)(std::size_t bytes);
  std::size_t alignment;
};
struct DeleteForm {
  const char* name;
  void (*free)(void* p, std::size_t bytes);
  bool is_array;
  bool is_aligned;
};

inline constexpr std::align_val_t kFormAlignment{64};

inline constexpr std::array<NewForm, 8> kNewForms = {{
    {"new", [](std::size_t n) { return ::operator new(n); }, alignof(std::max_align_t)},
    {"new nothrow", [](std::size_t n) { return ::operator new(n, std::nothrow); },
     alignof(std::max_align_t)},
    {"new[]", [](std::size_t n) { return ::operator new[](n); }, alignof(std::max_align_t)},
    {"new[] nothrow", [](std::size_t n) { return ::operator new[](n, std::nothrow); },
     alignof(std::max_align_t)},
    {"new aligned", [](std::size_t n) { return ::operator new(n, kFormAlignment); }, 64},
    {"new aligned nothrow",
     [](std::size_t n) { return ::operator new(n, kFormAlignment, std::nothrow); }, 64},
    {"new[] aligned", [](std::size_t n) { return ::operator new[](n, kFormAlignment); }, 64},
    {"new[] aligned nothrow",
     [](std::size_t n) { return ::operator new[](n, kFormAlignment, std::nothrow); }, 64},
}};

inline constexpr std::array<DeleteForm, 12> kDeleteForms = {{
    {"delete", [](void* p, std::size_t) { ::operator delete(p); }, false, false},
    {"delete sized", [](void* p, std::size_t n) { ::operator delete(p, n); }, false, false},
    {"delete nothrow", [](void* p, std::size_t) { ::operator delete(p, std::nothrow); }, false,
     false},
    {"delete[]", [](void* p, std::size_t) { ::operator delete[](p); }, true, false},
    {"delete[] sized", [](void* p, std::size_t n) { ::operator delete[](p, n); }, true, false},
    {"delete[] nothrow", [](void* p, std::size_t) { ::operator delete[](p, std::nothrow); }, true,
     false},
    {"delete aligned", [](void* p, std::size_t) { ::operator delete(p, kFormAlignment); }, false,
     true},
    {"delete sized aligned",
     [](void* p, std::size_t n) { ::operator delete(p, n, kFormAlignment); }, false, true},
    {"delete aligned nothrow",
     [](void* p, std::size_t) { ::operator delete(p, kFormAlignment, std::nothrow); }, false, true},
    {"delete[] aligned", [](void* p, std::size_t) { ::operator delete[](p, kFormAlignment); }, true,
     true},
    {"delete[] sized aligned",
     [](void* p, std::size_t n) { ::operator delete[](p, n, kFormAlignment); }, true, true},
    {"delete[] aligned nothrow",
     [](void* p, std::size_t) { ::operator delete[](p, kFormAlignment, std::nothrow); }, true,
     true},
}};

/// Calls `f(new, delete)` for each two forms that belong together.
template <class F>
void for_each_pair_of_forms(F&& f) {
  for (const NewForm& make : kNewForms) {
    for (const DeleteForm& end : kDeleteForms) {
      const bool aligned = make.alignment == static_cast<std::size_t>(kFormAlignment);
      const bool array = std::strstr(make.name, "[]") != nullptr;
      if (aligned == end.is_aligned && array == end.is_array) f(make, end);
    }
  }
}

inline bool is_aligned_to(const void* p, std::size_t alignment) {
  return reinterpret_cast<std::uintptr_t>(p) % alignment == 0;
}

}  // namespace awlab

#endif  // AWLAB_CORE_TESTING_NEW_FORMS_HPP_
