# The Debian package: `cpack --config build/release/CPackConfig.cmake -B build/package`.
install(FILES ${CMAKE_SOURCE_DIR}/packaging/adal.service DESTINATION lib/systemd/system)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION share/doc/adal RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME adal)
set(CPACK_PACKAGE_CONTACT "The Adal maintainers")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Civic oversight, from the tender to the tenge, on the record")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# publicsuffix: where names end below which anybody may register; tzdata: days are those of Asia/Almaty; the fonts are those of documents.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, tzdata, publicsuffix, fonts-noto-core, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "postgresql-client")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/packaging/postinst)
include(CPack)
